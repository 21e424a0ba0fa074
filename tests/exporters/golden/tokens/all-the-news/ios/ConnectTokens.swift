// CONNECT sign-in of All the news.
import SwiftUI

public enum ConnectTokens {
    public static let brandHeader = Color(.sRGB, red: 0.4784, green: 0.1216, blue: 0.1686, opacity: 1.0000)
    public static let brandHeaderInk = Color(.sRGB, red: 1.0000, green: 1.0000, blue: 1.0000, opacity: 1.0000)
    public static let brandMain = Color(.sRGB, red: 0.4784, green: 0.1216, blue: 0.1686, opacity: 1.0000)
    public static let brandTint = Color(.sRGB, red: 0.9373, green: 0.8941, blue: 0.9020, opacity: 1.0000)
    public static let brandGlow = Color(.sRGB, red: 0.4784, green: 0.1216, blue: 0.1686, opacity: 0.6000)
    public static let brandFocus = Color(.sRGB, red: 0.4784, green: 0.1216, blue: 0.1686, opacity: 1.0000)
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
