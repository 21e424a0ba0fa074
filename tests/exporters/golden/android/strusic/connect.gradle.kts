// What to add to the build file of the app. It needs a repository that has the SDK.
android {
    defaultConfig {
        // Folders such as values-b+sr+Latn are read from this version on.
        minSdk = 24
    }
}

dependencies {
    implementation("com.telenor.connect:connect-android-sdk:1.6.1")
}
