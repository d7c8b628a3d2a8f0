package dev.sluice.receivers.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import org.junit.jupiter.api.Test;

class OtlpReceiverConfigTest {
    @Test
    void needsAProtocol() {
        assertThat(Configs.problems(OtlpReceiverConfig.DEFAULT))
                .containsExactly("must specify at least one protocol when using the OTLP receiver");
    }

    @Test
    void takesPathsWithAndWithoutASlashAndThoseOfUrls() {
        var http = new OtlpReceiverConfig.Http(
                HttpServerConfig.at("localhost:4318"), "traces", "/a/b", "http://ignored:1/logs?x=y");
        assertThat(Configs.problems(http)).isEmpty();
        assertThat(http.path(Signal.TRACES)).isEqualTo("/traces");
        assertThat(http.path(Signal.METRICS)).isEqualTo("/a/b");
        assertThat(http.path(Signal.LOGS)).isEqualTo("/logs");
    }

    @Test
    void refusesPathsThatAreNone() {
        assertThat(Configs.problems(new OtlpReceiverConfig.Http(HttpServerConfig.at(""), ":bad", "/m", "/l")))
                .anySatisfy(text ->
                        assertThat(text).startsWith("traces_url_path: invalid HTTP URL path set for signal: parse"))
                .contains("endpoint: requires a non-empty \"endpoint\"");
        assertThat(Configs.problems(new OtlpReceiverConfig.Grpc(GrpcServerConfig.at("", 0))))
                .containsExactly("endpoint: requires a non-empty \"endpoint\"");
    }
}
