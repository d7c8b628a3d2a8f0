package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Secret;
import dev.sluice.testkit.Configs;
import dev.sluice.transport.Middleware;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
    private static HttpServerConfig http(String endpoint, String transport) {
        return Configs.with(
                HttpServerConfig.at(endpoint),
                "transport",
                transport,
                "auth",
                ServerAuth.DEFAULT,
                "response_headers",
                Map.of("bad name", new Secret("x"), "x-good", new Secret("line\nbreak")),
                "compression_algorithms",
                List.of("", "gzip", "br", "none"),
                "middlewares",
                List.of(Middleware.DEFAULT),
                "max_connections",
                -1);
    }

    @Test
    void defaultsAreGood() {
        assertThat(Configs.problems(HttpServerConfig.DEFAULT)).isEmpty();
        assertThat(Configs.problems(HttpServerConfig.at(":4318"))).isEmpty();
        assertThat(Configs.problems(GrpcServerConfig.DEFAULT)).isEmpty();
        assertThat(HttpServerConfig.DEFAULT.maxBody()).isEqualTo(20_971_520);
        assertThat(GrpcServerConfig.DEFAULT.maxMessage()).isEqualTo(4_194_304);
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        assertThat(Configs.problems(http("localhost:4318", "tcp")))
                .contains(
                        "auth: `auth` is not supported: Sluice has no extension that authenticates requests",
                        "middlewares: `middlewares` is not supported: Sluice has no extension that is one",
                        "compression_algorithms: unsupported compression type \"br\"",
                        "compression_algorithms: unsupported compression type \"none\"",
                        "response_headers: invalid header \"bad name\"",
                        "response_headers: invalid header \"x-good\"",
                        "max_connections: `max_connections` must be non-negative, found -1");
    }

    @Test
    void grpcLimitsAreChecked() {
        GrpcServerConfig config = Configs.with(
                GrpcServerConfig.at("localhost:4317", -1),
                "transport",
                "udp",
                "max_recv_msg_size_mib",
                -1,
                "max_concurrent_streams",
                -1,
                "write_buffer_size",
                -1,
                "auth",
                ServerAuth.DEFAULT,
                "middlewares",
                List.of(Middleware.DEFAULT),
                "max_connections",
                -1);
        assertThat(Configs.problems(config))
                .contains(
                        "transport: transport \"udp\" cannot be listened on, only tcp, tcp4, tcp6 and unix",
                        "max_recv_msg_size_mib: invalid max_recv_msg_size_mib value, must be between 1 and 8796093022207: -1",
                        "read_buffer_size: invalid read_buffer_size value: -1",
                        "write_buffer_size: invalid write_buffer_size value: -1")
                .hasSize(8);
        assertThat(Configs.problems(new CorsConfig(List.of(), List.of(), List.of(), -1)))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            localhost,            tcp,  address localhost: missing port in address
            '[::1]',              tcp,  address [::1]: missing port in address
            ::1:4317,             tcp,  address ::1:4317: too many colons in address
            localhost:http,       tcp,  address localhost:http: invalid port
            localhost:65536,      tcp,  address localhost:65536: invalid port
            """)
    void addressesAreChecked(String endpoint, String transport, String message) {
        assertThat(new ServerAddress(endpoint, transport).endpointProblem()).isEqualTo(message);
        assertThat(Configs.problems(HttpServerConfig.at(endpoint))).containsExactly("endpoint: " + message);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            :4317,            tcp,  0.0.0.0,   true
            :4317,            tcp6, ::,        true
            localhost:4317,   tcp6, ::1,       false
            127.0.0.2:4317,   tcp4, 127.0.0.2, false
            '[::1]:4317',     tcp,  ::1,       false
            example.com:4317, tcp,  example.com, true
            """)
    void addressesBecomeSockets(String endpoint, String transport, String host, boolean wide) {
        ServerAddress address = new ServerAddress(endpoint, transport);
        assertThat(address.transportProblem()).isNull();
        assertThat(address.socket().host()).isEqualTo(host);
        assertThat(address.socket().port()).isEqualTo(4317);
        assertThat(address.wide()).isEqualTo(wide);
    }

    @Test
    void unknownTransportsAreRefused() {
        assertThat(Configs.problems(http("x", "carrier-pigeon")))
                .contains("transport: unsupported transport type \"carrier-pigeon\"");
    }
}
