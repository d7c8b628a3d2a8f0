package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Configs;
import dev.sluice.transport.Middleware;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientConfigTest {
    private static final HttpTarget FAR = HttpTarget.parse("http://collector.example:4318/v1");
    private static final HttpTarget FAR_SSL = HttpTarget.parse("https://collector.example/v1");

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "gzip", "zlib", "deflate", "snappy", "x-snappy-framed", "zstd", "lz4"})
    void allCompressionsOfTheCollectorAreTaken(String compression) {
        assertThat(problems("compression", compression)).isEmpty();
    }

    @Test
    void badValuesAreToldInTheCollectorsWords() {
        assertThat(problems("compression", "br")).containsExactly("compression: unsupported compression type \"br\"");
        assertThat(problems("compression", "gzip", "compression_params::level", 11))
                .containsExactly(
                        "compression_params::level: unsupported parameters {Level:11} for compression type \"gzip\"");
        assertThat(problems("timeout", Duration.ofSeconds(-1), "proxy_url", "ftp://proxy"))
                .containsExactly(
                        "proxy_url: invalid proxy_url: \"ftp://proxy\"", "timeout: 'timeout' must be non-negative");
        assertThat(problems("middlewares", List.of(Middleware.DEFAULT)))
                .containsExactly("middlewares: " + Middleware.UNSUPPORTED);
        assertThat(problems("proxy_url", "http://a b")).hasSize(1);
        assertThat(problems("proxy_url", "http:///x")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a,false,a,80,/",
        "https://a,true,a,443,/",
        "HTTPS://a:1/b/c?d=e%20f,true,a,1,/b/c?d=e%20f",
        "http://[::1]:4318/v1,false,::1,4318,/v1"
    })
    void targetsAreReadFromUrls(String url, boolean ssl, String host, int port, String path) {
        assertThat(HttpTarget.parse(url)).isEqualTo(new HttpTarget(ssl, host, port, path, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:1", "ftp://a", "http://", "//a", "http://a b"})
    void whatIsNoUrlIsNoTarget(String url) {
        assertThat(HttpTarget.parse(url)).isNull();
    }

    @Test
    void theUserOfAUrlBecomesItsAuthorization() {
        assertThat(HttpTarget.parse("http://me:secr%40t@a").authorization()).isEqualTo("Basic bWU6c2VjckB0");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy,HTTP,80",
        "http://proxy:3128,HTTP,3128",
        "proxy:3128,HTTP,3128",
        "https://proxy,HTTPS,443",
        "socks5://proxy,SOCKS5,1080"
    })
    void proxiesAreReadFromUrls(String url, ProxyType type, int port) {
        ProxyOptions proxy = ProxySettings.of(url, FAR, Map.of());
        assertThat(proxy.getType()).isEqualTo(type);
        assertThat(proxy.getHost()).isEqualTo("proxy");
        assertThat(proxy.getPort()).isEqualTo(port);
        assertThat(proxy.getUsername()).isNull();
    }

    @Test
    void proxiesMayHaveAUser() {
        ProxyOptions full = ProxySettings.of("http://me:secret@proxy", FAR, Map.of());
        assertThat(full.getUsername()).isEqualTo("me");
        assertThat(full.getPassword()).isEqualTo("secret");
        assertThat(ProxySettings.of("http://me@proxy", FAR, Map.of()).getPassword())
                .isEmpty();
    }

    @Test
    void theEnvironmentNamesProxiesByScheme() {
        Map<String, String> environment = Map.of("HTTP_PROXY", "plain:1", "https_proxy", "http://secure:2");
        assertThat(ProxySettings.of("", FAR, environment).getHost()).isEqualTo("plain");
        assertThat(ProxySettings.of("", FAR_SSL, environment).getHost()).isEqualTo("secure");
        assertThat(ProxySettings.of("", FAR, Map.of())).isNull();
        assertThat(ProxySettings.of("mine:3", FAR, environment).getHost()).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource({
        "'*',true",
        "'collector.example',true",
        "'other, .example',true",
        "'*.example',true",
        "'example',true",
        "'EXAMPLE',true",
        "'collector.example:4318',true",
        "'collector.example:1',false",
        "'ample',false",
        "'other',false",
        "'',false",
        "',',false"
    })
    void someHostsAreReachedDirectly(String list, boolean direct) {
        ProxyOptions proxy = ProxySettings.of("", FAR, Map.of("HTTP_PROXY", "proxy:1", "NO_PROXY", list));
        assertThat(proxy == null).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "http://127.0.0.9:1", "http://[::1]:1"})
    void thisMachineIsNeverBehindTheEnvironmentsProxy(String url) {
        assertThat(ProxySettings.of("", HttpTarget.parse(url), Map.of("HTTP_PROXY", "proxy:1")))
                .isNull();
    }

    private static List<String> problems(Object... options) {
        return Configs.problems(Configs.with(HttpClientConfig.DEFAULT, options));
    }
}
