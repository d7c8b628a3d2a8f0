package dev.sluice.transport.tls;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the blocks {@code tls} of clients and servers have in common. */
public record TlsConfig(
        @Doc("File with the CA certificates that the other side is checked against, in PEM; the system's where absent.")
        String caFile,

        @Doc("The same as text.") @Nullable Secret caPem,

        @Doc("Trust the system's CA certificates besides those given.")
        boolean includeSystemCaCertsPool,

        @Doc("File with the own certificate and its chain, in PEM.")
        String certFile,

        @Doc("The same as text.") @Nullable Secret certPem,

        @Doc("File with the private key, in PEM, not encrypted.")
        String keyFile,

        @Doc("The same as text.") @Nullable Secret keyPem,

        @Doc(
                "Oldest protocol version: `1.0`, `1.1`, `1.2` or `1.3`; 1.2 where empty. The JDK turns 1.0 and 1.1 off by itself.")
        String minVersion,

        @Doc("Newest protocol version; no bound where empty.")
        String maxVersion,

        @Doc("Cipher suites of TLS 1.2 by their IANA names; a safe list where empty. Those of TLS 1.3 are fixed.")
        List<String> cipherSuites,

        @Doc("Curves of the key exchange in order of preference: `P256`, `P384`, `P521`, `X25519`.")
        List<String> curvePreferences,

        @Doc(
                "Read key, certificate and CA again after this time and use them if they parse, else keep the old; 0 never.")
        Duration reloadInterval,

        @Doc("Private key in a trusted platform module; not supported.")
        TpmConfig tpm)
        implements Config {
    public static final TlsConfig DEFAULT = new TlsConfig(
            "", null, false, "", null, "", null, "", "", List.of(), List.of(), Duration.ZERO, TpmConfig.DEFAULT);

    /** The Collector's names of curves to the JDK's. */
    private static final Map<String, String> CURVES = curves();

    /** What Go's crypto/tls counts as secure, which is what the Collector allows. */
    private static final Set<String> CIPHER_SUITES = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final List<String> TLS_13_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    boolean hasCa() {
        return !caFile.isEmpty() || caPem != null;
    }

    boolean hasCert() {
        return !certFile.isEmpty() || certPem != null;
    }

    boolean hasKey() {
        return !keyFile.isEmpty() || keyPem != null;
    }

    /** The JDK's names of the versions that a validated configuration allows. */
    Set<String> protocols() {
        TlsVersion min = TlsVersion.of(minVersion, TlsVersion.V1_2);
        TlsVersion max = TlsVersion.of(maxVersion, TlsVersion.V1_3);
        Set<String> protocols = new LinkedHashSet<>();
        for (TlsVersion version : TlsVersion.values()) {
            if (min != null && max != null && version.compareTo(min) >= 0 && version.compareTo(max) <= 0) {
                protocols.add(version.protocol());
            }
        }
        return protocols;
    }

    /** The JDK's names, empty where the JDK chooses. As in Go, a list bounds TLS 1.2 only. */
    Set<String> enabledSuites() {
        if (cipherSuites.isEmpty()) {
            return Set.of();
        }
        Set<String> suites = new LinkedHashSet<>(TLS_13_SUITES);
        suites.addAll(cipherSuites);
        return suites;
    }

    /** The JDK's names, empty where the JDK chooses. */
    List<String> groups() {
        return curvePreferences.stream()
                .map(curve -> CURVES.getOrDefault(curve, curve))
                .toList();
    }

    @Override
    public void validate(Problems problems) {
        if (!caFile.isEmpty() && caPem != null) {
            problems.add("provide either a CA file or the PEM-encoded string, but not both");
        }
        if (!certFile.isEmpty() && certPem != null) {
            problems.add("provide either certificate file or PEM, but not both");
        }
        if (!keyFile.isEmpty() && keyPem != null) {
            problems.add("provide either key file or PEM, but not both");
        }
        if (hasCert() != hasKey()) {
            problems.add(
                    "TLS configuration must include both certificate and key (CertFile/CertPem and KeyFile/KeyPem)");
        }
        validateVersions(problems);
        for (String suite : cipherSuites) {
            if (!CIPHER_SUITES.contains(suite)) {
                problems.at("cipher_suites", "invalid TLS cipher suite: \"" + suite + "\"");
            }
        }
        for (String curve : curvePreferences) {
            if (!CURVES.containsKey(curve)) {
                problems.at(
                        "curve_preferences",
                        "invalid curve type: " + curve + ". Expected values are " + List.copyOf(CURVES.keySet()));
            }
        }
        if (reloadInterval.isNegative()) {
            problems.at("reload_interval", "'reload_interval' must be non-negative");
        }
    }

    private void validateVersions(Problems problems) {
        TlsVersion min = TlsVersion.of(minVersion, TlsVersion.V1_2);
        TlsVersion max = TlsVersion.of(maxVersion, TlsVersion.V1_3);
        if (min == null) {
            problems.at("min_version", "invalid TLS min_version: unsupported TLS version: \"" + minVersion + "\"");
        }
        if (max == null) {
            problems.at("max_version", "invalid TLS max_version: unsupported TLS version: \"" + maxVersion + "\"");
        }
        if (min != null && max != null && max.compareTo(min) < 0) {
            problems.at("min_version", "invalid TLS configuration: min_version cannot be greater than max_version");
        }
    }

    private static Map<String, String> curves() {
        Map<String, String> curves = new LinkedHashMap<>();
        curves.put("P256", "secp256r1");
        curves.put("P384", "secp384r1");
        curves.put("P521", "secp521r1");
        curves.put("X25519", "x25519");
        return curves;
    }
}
