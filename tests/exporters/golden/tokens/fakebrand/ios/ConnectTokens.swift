// CONNECT sign-in of FakeBrand.
import SwiftUI

public enum ConnectTokens {
    public static let brandHeader1 = Color(.sRGB, red: 0.9765, green: 0.8275, blue: 0.4157, opacity: 1.0000)
    public static let brandHeader2 = Color(.sRGB, red: 0.9529, green: 0.4353, blue: 0.1765, opacity: 1.0000)
    public static let brandHeaderInk = Color(.sRGB, red: 0.1216, green: 0.1216, blue: 0.1216, opacity: 1.0000)
    public static let brandMain = Color(.sRGB, red: 0.9647, green: 0.6314, blue: 0.2980, opacity: 1.0000)
    public static let brandTint = Color(.sRGB, red: 0.9961, green: 0.9569, blue: 0.9137, opacity: 1.0000)
    public static let brandGlow = Color(.sRGB, red: 0.9647, green: 0.6314, blue: 0.2980, opacity: 0.6000)
    public static let brandFocus = Color(.sRGB, red: 0.1216, green: 0.1216, blue: 0.1216, opacity: 1.0000)
    public static let pageBackground = Color(.sRGB, red: 0.9686, green: 0.9686, blue: 0.9686, opacity: 1.0000)
    public static let pageInk = Color(.sRGB, red: 0.2000, green: 0.2000, blue: 0.2000, opacity: 1.0000)
    public static let pageQuiet = Color(.sRGB, red: 0.3490, green: 0.3490, blue: 0.3490, opacity: 1.0000)
    public static let pageLine = Color(.sRGB, red: 0.5412, green: 0.5412, blue: 0.5412, opacity: 1.0000)
    public static let pageButton = Color(.sRGB, red: 0.2510, green: 0.2510, blue: 0.2510, opacity: 1.0000)
    public static let pageDanger = Color(.sRGB, red: 0.7020, green: 0.1490, blue: 0.1176, opacity: 1.0000)

    public static let sizeHeaderHeight: CGFloat = 80
    public static let sizeHeaderHeightSymbol: CGFloat = 104
    public static let sizeLogoHeight: CGFloat = 40
    public static let sizeLogoHeightSymbol: CGFloat = 64
    public static let sizeColumnWidth: CGFloat = 488
    public static let sizeTitle: CGFloat = 18
    public static let sizeText: CGFloat = 16
    public static let sizeTextSmall: CGFloat = 14
    public static let sizeButtonHeight: CGFloat = 48
    public static let sizeButtonRadius: CGFloat = 3
}
