package dev.sluice.transport.tls;

import org.jspecify.annotations.Nullable;

/** The protocol versions as {@code min_version} and {@code max_version} spell them, oldest first. */
enum TlsVersion {
    V1_0("1.0", "TLSv1"),
    V1_1("1.1", "TLSv1.1"),
    V1_2("1.2", "TLSv1.2"),
    V1_3("1.3", "TLSv1.3");

    private final String key;
    private final String protocol;

    TlsVersion(String key, String protocol) {
        this.key = key;
        this.protocol = protocol;
    }

    /** The name that the JDK knows it by. */
    String protocol() {
        return protocol;
    }

    /** Null for a version there is none of. */
    static @Nullable TlsVersion of(String key, TlsVersion whenEmpty) {
        if (key.isEmpty()) {
            return whenEmpty;
        }
        for (TlsVersion version : values()) {
            if (version.key.equals(key)) {
                return version;
            }
        }
        return null;
    }
}
