// Write the app's own package here, and import its R class.

import android.app.Application
import android.content.Intent
import android.content.res.Resources
import com.telenor.connect.ConnectSdk
import com.telenor.connect.id.Claims
import com.telenor.connect.ui.ConnectLoginButton
import java.util.Locale

/** What the app asks CONNECT for, as its client file says. */
object ConnectSignIn {

    val scopes = arrayOf("openid", "email", "phone", "profile")

    /** Level of assurance: a password. */
    val level = "2"

    /** The languages that the sign-in pages are offered in, as BCP 47 tags. */
    private val offered = setOf(
        "en",
        "id",
        "sr-Latn-ME",
        "ur-PK",
        "zh-Hans",
    )

    /** Call this once, in onCreate of the Application. */
    fun begin(application: Application) {
        ConnectSdk.sdkInitialize(application)
        locales().takeIf { it.isNotEmpty() }?.let { ConnectSdk.setLocales(*it.toTypedArray()) }
    }

    /** Call this in onCreate of the activity that shows the button, with R.string.connect_sign_in. */
    fun prepare(button: ConnectLoginButton, label: Int) {
        button.setText(label)
        button.setLoginScopeTokens(*scopes)
        button.setAcrValues(level)
        button.setClaims(Claims("email"))
    }

    /** The code of an answer, for the app's server to exchange; null where the intent is none. */
    fun code(intent: Intent): String? =
        if (ConnectSdk.hasValidRedirectUrlCall(intent)) ConnectSdk.getCodeFromIntent(intent) else null

    /** The person's own languages, best first, as far as the pages are offered in them. */
    private fun locales(): List<Locale> {
        val chosen = Resources.getSystem().configuration.locales
        return (0 until chosen.size()).map(chosen::get).filter { own ->
            offered.any { tag -> Locale.forLanguageTag(tag).language == own.language }
        }
    }
}
