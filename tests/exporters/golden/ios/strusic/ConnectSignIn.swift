import TDConnectIosSdk
import UIKit

/// What the app asks CONNECT for, as its client file says.
enum ConnectSignIn {

    static let scopes = ["openid", "email", "phone", "profile"]

    /// Level of assurance: a password.
    static let level = "2"

    /// The languages that the sign-in pages are offered in, as BCP 47 tags.
    private static let offered: Set<String> = [
        "en",
        "id",
        "sr-Latn-ME",
        "ur-PK",
        "zh-Hans",
    ]

    #if DEBUG
    private static let useStaging = true
    private static let redirectUrl = "https://play.strusic.example/signed-in"
    #else
    private static let useStaging = false
    private static let redirectUrl = "https://play.strusic.example/signed-in"
    #endif

    private static var parameters: [String: String] {
        var parameters = [
            "acr_values": level,
        ]
        let own = Locale.preferredLanguages.filter { tag in
            let language = Locale(identifier: tag).languageCode
            return offered.contains { Locale(identifier: $0).languageCode == language }
        }
        if !own.isEmpty {
            parameters["ui_locales"] = own.joined(separator: " ")
        }
        return parameters
    }

    private static let module: OAuth2Module = {
        let config = TelenorConnectConfig(
            clientId: "strusic",
            redirectUrl: redirectUrl,
            useStaging: useStaging,
            scopes: scopes,
            accountId: "strusic",
            webView: false,
            claims: ["email"],
            optionalParams: parameters,
            isPublicClient: false
        )
        return AccountManager.getAccountBy(config: config)
            ?? AccountManager.addAccountWith(
                config: config, moduleClass: TelenorConnectOAuth2Module.self)
    }()

    /// Begin signing in. The code is for the app's server, which exchanges it.
    static func signIn(completion: @escaping (Result<String, Error>) -> Void) {
        module.requestAuthorizationCode { answer, error in
            if let error = error {
                completion(.failure(error))
            } else if let answer = answer as? String {
                completion(.success(answer))
            }
        }
    }

    /// Call this in application(_:open:options:) of the app delegate.
    static func handle(_ url: URL) {
        NotificationCenter.default.post(
            name: Notification.Name(AGAppLaunchedWithURLNotification),
            object: nil,
            userInfo: [UIApplication.LaunchOptionsKey.url: url])
    }

    /// Sign out of CONNECT, and forget the tokens.
    static func signOut(completion: @escaping () -> Void) {
        module.revokeAccess { _, _ in completion() }
    }
}

/// The sign-in button, in the colour scheme that the client file names.
final class ConnectSignInButton: UIButton {

    override init(frame: CGRect) {
        super.init(frame: frame)
        prepare()
    }

    required init?(coder: NSCoder) {
        super.init(coder: coder)
        prepare()
    }

    override var isHighlighted: Bool { didSet { paint() } }

    override var isEnabled: Bool { didSet { paint() } }

    override var intrinsicContentSize: CGSize {
        let own = super.intrinsicContentSize
        return CGSize(width: own.width + 32, height: max(52, own.height + 16))
    }

    private func prepare() {
        setTitle(NSLocalizedString("connect.sign-in", comment: ""), for: .normal)
        setTitleColor(UIColor(named: "ConnectDarkGreyInk"), for: .normal)
        setTitleColor(UIColor(named: "ConnectDisabledInk"), for: .disabled)
        let font = UIFont.systemFont(ofSize: 19, weight: .bold)
        titleLabel?.font = UIFontMetrics(forTextStyle: .headline).scaledFont(for: font)
        titleLabel?.adjustsFontForContentSizeCategory = true
        layer.cornerRadius = 4
        paint()
    }

    private func paint() {
        let enabled = isHighlighted ? "ConnectDarkGreyPressed" : "ConnectDarkGrey"
        backgroundColor = UIColor(named: isEnabled ? enabled : "ConnectDisabled")
    }
}
