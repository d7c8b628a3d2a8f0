package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Configs;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.compression.Compression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcClientConfigTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4317",
                ":4317",
                "[::1]:4317",
                "http://collector:4317",
                "HTTPS://collector:4317",
                "dns:///collector:4317",
                "dns://10.0.0.1/collector:4317",
                "passthrough:///collector:4317",
                "unix:///run/collector.sock"
            })
    void endpointsOfAllSchemesAreTaken(String endpoint) {
        assertThat(problems(endpoint)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'',requires a non-empty \"endpoint\"",
                "http://,requires a non-empty \"endpoint\"",
                "unix://,unix socket path cannot be empty",
                "localhost,address localhost: missing port in address",
                "[::1],address [::1]: missing port in address",
                "::1:4317,address ::1:4317: too many colons in address",
                "localhost:,invalid port \"\"",
                "localhost:otlp,invalid port \"otlp\"",
                "localhost:65536,invalid port \"65536\"",
                "localhost:123456,invalid port \"123456\""
            })
    void badEndpointsAreToldInTheCollectorsWords(String endpoint, String text) {
        assertThat(problems(endpoint)).containsExactly("endpoint: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "gzip", "snappy", "zstd"})
    void grpcHasThreeCompressions(String compression) {
        assertThat(problems("a:1", "compression", compression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "deflate", "lz4", "x-snappy-framed", "br"})
    void otherCompressionsAreRefused(String compression) {
        assertThat(problems("a:1", "compression", compression))
                .containsExactly("compression: unsupported compression type \"" + compression + "\"");
    }

    @Test
    void balancersAreKnownByName() {
        assertThat(problems("a:1", "balancer_name", "pick_first")).isEmpty();
        assertThat(problems("a:1", "balancer_name", "")).isEmpty();
        assertThat(problems("a:1", "balancer_name", "fastest"))
                .containsExactly("balancer_name: invalid balancer_name: fastest");
    }

    @Test
    void middlewaresAreRefused() {
        assertThat(problems("a:1", "middlewares", List.of(Middleware.DEFAULT)))
                .containsExactly("middlewares: " + Middleware.UNSUPPORTED);
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        assertThat(problems("", "compression", "br", "balancer_name", "x")).hasSize(3);
    }

    @Test
    void targetsAreReadFromEndpoints() {
        assertThat(GrpcTarget.parse("http://collector:4317")).isEqualTo(new GrpcTarget("collector", 4317, "", true));
        assertThat(GrpcTarget.parse("https://collector:4317")).isEqualTo(new GrpcTarget("collector", 4317, "", false));
        assertThat(GrpcTarget.parse("dns://10.0.0.1/collector:1")).isEqualTo(new GrpcTarget("collector", 1, "", false));
        assertThat(GrpcTarget.parse("[::1]:4317")).isEqualTo(new GrpcTarget("::1", 4317, "", false));
        assertThat(GrpcTarget.parse("unix:///run/x")).isEqualTo(new GrpcTarget("localhost", 0, "/run/x", false));
    }

    @Test
    void keepaliveNeverPingsMoreOftenThanEveryTenSeconds() {
        assertThat(new GrpcKeepalive(Duration.ofSeconds(1), Duration.ZERO, true).interval())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(new GrpcKeepalive(Duration.ofMinutes(1), Duration.ZERO, true).interval())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "GZIP,-3,false",
        "GZIP,-2,true",
        "ZLIB,9,true",
        "DEFLATE,10,false",
        "ZSTD,22,true",
        "LZ4,0,true",
        "LZ4,1,false",
        "SNAPPY,1,false",
        "NONE,5,true"
    })
    void levelsAreThoseOfTheAlgorithm(Compression compression, int level, boolean allowed) {
        assertThat(compression.allows(level)).isEqualTo(allowed);
    }

    private static List<String> problems(String endpoint, Object... options) {
        return Configs.problems(Configs.with(Configs.with(GrpcClientConfig.DEFAULT, "endpoint", endpoint), options));
    }
}
