package dev.sluice.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Secret;
import dev.sluice.transport.Collected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsConfigTest {
    private static final Secret PEM = new Secret("pem");

    @Test
    void fileAndTextOfTheSameThingAreRefusedInTheCollectorsWords() {
        Collected problems = new Collected();
        new TlsConfig(
                        "a",
                        PEM,
                        false,
                        "b",
                        PEM,
                        "c",
                        PEM,
                        "",
                        "",
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        TpmConfig.DEFAULT)
                .validate(problems);
        assertThat(problems.texts())
                .containsExactly(
                        "provide either a CA file or the PEM-encoded string, but not both",
                        "provide either certificate file or PEM, but not both",
                        "provide either key file or PEM, but not both");
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() {
        Collected problems = new Collected();
        new TlsConfig(
                        "",
                        null,
                        false,
                        "b",
                        null,
                        "",
                        null,
                        "",
                        "",
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        TpmConfig.DEFAULT)
                .validate(problems);
        assertThat(problems.texts())
                .containsExactly(
                        "TLS configuration must include both certificate and key (CertFile/CertPem and KeyFile/KeyPem)");
    }

    @Test
    void aServerNeedsKeyAndCertificate() {
        Collected problems = new Collected();
        ServerTlsConfig.DEFAULT.validate(problems);
        assertThat(problems.texts())
                .containsExactly("TLS configuration must include both certificate and key for server connections");
    }

    @Test
    void unknownVersionsSuitesAndCurvesAreAllReported() {
        Collected problems = new Collected();
        versions("0.9", "2.0", List.of("TLS_RSA_WITH_RC4_128_SHA"), List.of("P128"))
                .validate(problems);
        assertThat(problems.texts())
                .containsExactly(
                        "min_version: invalid TLS min_version: unsupported TLS version: \"0.9\"",
                        "max_version: invalid TLS max_version: unsupported TLS version: \"2.0\"",
                        "cipher_suites: invalid TLS cipher suite: \"TLS_RSA_WITH_RC4_128_SHA\"",
                        "curve_preferences: invalid curve type: P128. Expected values are [P256, P384, P521, X25519]");
    }

    @Test
    void aNewestVersionBelowTheOldestIsRefused() {
        Collected problems = new Collected();
        versions("1.3", "1.2", List.of(), List.of()).validate(problems);
        assertThat(problems.texts())
                .containsExactly(
                        "min_version: invalid TLS configuration: min_version cannot be greater than max_version");
    }

    @Test
    void namesAreTranslatedToThoseOfTheJdk() {
        TlsConfig config =
                versions("", "", List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), List.of("X25519", "P256"));
        assertThat(config.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(config.enabledSuites()).contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(config.groups()).containsExactly("x25519", "secp256r1");
        assertThat(versions("1.0", "1.2", List.of(), List.of()).protocols())
                .containsExactly("TLSv1", "TLSv1.1", "TLSv1.2");
        assertThat(TlsConfig.DEFAULT.enabledSuites()).isEmpty();
    }

    @Test
    void insecureMeansPlaintextOnlyWithoutACa() {
        assertThat(new ClientTlsConfig(TlsConfig.DEFAULT, true, false, "").plaintext())
                .isTrue();
        assertThat(ClientTlsConfig.DEFAULT.plaintext()).isFalse();
        TlsConfig withCa = new TlsConfig(
                "ca", null, false, "", null, "", null, "", "", List.of(), List.of(), Duration.ZERO, TpmConfig.DEFAULT);
        assertThat(new ClientTlsConfig(withCa, true, false, "").plaintext()).isFalse();
    }

    @Test
    void aTrustedPlatformModuleIsRefusedAndANegativeIntervalToo() {
        Collected problems = new Collected();
        new TpmConfig(true, "", "", "").validate(problems);
        new TlsConfig(
                        "",
                        null,
                        false,
                        "",
                        null,
                        "",
                        null,
                        "",
                        "",
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(-1),
                        TpmConfig.DEFAULT)
                .validate(problems);
        assertThat(problems.texts())
                .containsExactly(
                        "enabled: keys in a trusted platform module are not supported",
                        "reload_interval: 'reload_interval' must be non-negative");
    }

    private static TlsConfig versions(String min, String max, List<String> suites, List<String> curves) {
        return new TlsConfig(
                "", null, false, "", null, "", null, min, max, suites, curves, Duration.ZERO, TpmConfig.DEFAULT);
    }
}
