package dev.sluice.receivers.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Problems;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpReceiverConfigTest {
    private final List<String> found = new ArrayList<>();
    private final Problems problems = new Problems() {
        @Override
        public void add(String message) {
            found.add(message);
        }

        @Override
        public void at(String key, String message) {
            found.add(key + ": " + message);
        }
    };

    @Test
    void needsAProtocol() {
        OtlpReceiverConfig.DEFAULT.validate(problems);
        assertThat(found).containsExactly("must specify at least one protocol when using the OTLP receiver");
    }

    @Test
    void takesPathsWithAndWithoutASlashAndThoseOfUrls() {
        var http = new OtlpReceiverConfig.Http(
                HttpServerConfig.at("localhost:4318"), "traces", "/a/b", "http://ignored:1/logs?x=y");
        http.validate(problems);
        assertThat(found).isEmpty();
        assertThat(http.path(Signal.TRACES)).isEqualTo("/traces");
        assertThat(http.path(Signal.METRICS)).isEqualTo("/a/b");
        assertThat(http.path(Signal.LOGS)).isEqualTo("/logs");
    }

    @Test
    void refusesPathsThatAreNone() {
        new OtlpReceiverConfig.Http(HttpServerConfig.at(""), ":bad", "/m", "/l").validate(problems);
        new OtlpReceiverConfig.Grpc(GrpcServerConfig.at("", 0)).validate(problems);
        assertThat(found)
                .anySatisfy(text ->
                        assertThat(text).startsWith("traces_url_path: invalid HTTP URL path set for signal: parse"))
                .contains("endpoint: requires a non-empty \"endpoint\"");
    }
}
