package dev.sluice.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Secret;
import dev.sluice.testkit.Configs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsConfigTest {
    private static final Secret PEM = new Secret("pem");

    @Test
    void fileAndTextOfTheSameThingAreRefusedInTheCollectorsWords() {
        assertThat(problems(
                        "ca_file",
                        "a",
                        "ca_pem",
                        PEM,
                        "cert_file",
                        "b",
                        "cert_pem",
                        PEM,
                        "key_file",
                        "c",
                        "key_pem",
                        PEM))
                .containsExactly(
                        "provide either a CA file or the PEM-encoded string, but not both",
                        "provide either certificate file or PEM, but not both",
                        "provide either key file or PEM, but not both");
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        assertThat(problems("cert_file", "b"))
                .containsExactly(
                        "TLS configuration must include both certificate and key (CertFile/CertPem and KeyFile/KeyPem)");
    }

    @Test
    void aServerNeedsKeyAndCertificate() {
        assertThat(Configs.problems(ServerTlsConfig.DEFAULT))
                .containsExactly("TLS configuration must include both certificate and key for server connections");
    }

    @Test
    void unknownVersionsSuitesAndCurvesAreAllReported() {
        assertThat(problems(
                        "min_version",
                        "0.9",
                        "max_version",
                        "2.0",
                        "cipher_suites",
                        List.of("TLS_RSA_WITH_RC4_128_SHA"),
                        "curve_preferences",
                        List.of("P128")))
                .containsExactly(
                        "min_version: invalid TLS min_version: unsupported TLS version: \"0.9\"",
                        "max_version: invalid TLS max_version: unsupported TLS version: \"2.0\"",
                        "cipher_suites: invalid TLS cipher suite: \"TLS_RSA_WITH_RC4_128_SHA\"",
                        "curve_preferences: invalid curve type: P128. Expected values are [P256, P384, P521, X25519]");
    }

    @Test
    void aNewestVersionBelowTheOldestIsRefused() {
        assertThat(problems("min_version", "1.3", "max_version", "1.2"))
                .containsExactly(
                        "min_version: invalid TLS configuration: min_version cannot be greater than max_version");
    }

    @Test
    void namesAreTranslatedToThoseOfTheJdk() {
        TlsConfig config = config(
                "cipher_suites", List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                "curve_preferences", List.of("X25519", "P256"));
        assertThat(config.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(config.enabledSuites()).contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(config.groups()).containsExactly("x25519", "secp256r1");
        assertThat(config("min_version", "1.0", "max_version", "1.2").protocols())
                .containsExactly("TLSv1", "TLSv1.1", "TLSv1.2");
        assertThat(TlsConfig.DEFAULT.enabledSuites()).isEmpty();
    }

    @Test
    void insecureMeansPlaintextOnlyWithoutACa() {
        assertThat(new ClientTlsConfig(TlsConfig.DEFAULT, true, false, "").plaintext())
                .isTrue();
        assertThat(ClientTlsConfig.DEFAULT.plaintext()).isFalse();
        assertThat(new ClientTlsConfig(config("ca_file", "ca"), true, false, "").plaintext())
                .isFalse();
    }

    @Test
    void aTrustedPlatformModuleIsRefusedAndANegativeIntervalToo() {
        assertThat(problems("tpm::enabled", true, "reload_interval", Duration.ofSeconds(-1)))
                .containsExactly(
                        "reload_interval: 'reload_interval' must be non-negative",
                        "tpm::enabled: keys in a trusted platform module are not supported");
    }

    private static List<String> problems(Object... options) {
        return Configs.problems(config(options));
    }

    private static TlsConfig config(Object... options) {
        return Configs.with(TlsConfig.DEFAULT, options);
    }
}
