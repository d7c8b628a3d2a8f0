package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.server.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorsTest {
    private final Loop loop = new Loop("otlp");
    private HttpListener listener;

    private void listen(CorsConfig cors) throws Exception {
        HttpServerConfig config = Configs.with(HttpServerConfig.at("127.0.0.1:0"), "cors", cors);
        listener = new HttpListener(config, loop.surroundings(), call -> call.text(200, "ok"));
        loop.call(listener::start);
    }

    @AfterEach
    void stop() throws Exception {
        loop.call(listener::stop);
        loop.close();
    }

    private Answer ask(String method, String headers) throws Exception {
        try (RawHttp client = new RawHttp(listener.port())) {
            return client.send(method + " / HTTP/1.1\nhost: x\nconnection: close\n" + headers + "\n")
                    .read();
        }
    }

    @Test
    void answersPreflightRequestsOfAllowedOrigins() throws Exception {
        listen(new CorsConfig(
                List.of("https://*.example.com", "http://b"), List.of("X-Tenant"), List.of("x-seen"), 60));
        Answer allowed = ask(
                "OPTIONS",
                "origin: https://a.example.com\naccess-control-request-method: POST\naccess-control-request-headers: x-tenant, content-type\n");
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://a.example.com");
        assertThat(allowed.header("access-control-allow-methods")).isEqualTo("POST");
        assertThat(allowed.header("access-control-allow-headers")).isEqualTo("x-tenant, content-type");
        assertThat(allowed.header("access-control-max-age")).isEqualTo("60");
        for (String refused : List.of(
                "origin: https://example.org\naccess-control-request-method: POST\n",
                "origin: https://a.example.com.evil\naccess-control-request-method: POST\n",
                "origin: http://b\naccess-control-request-method: DELETE\n",
                "origin: http://b\naccess-control-request-method: POST\naccess-control-request-headers: x-other\n")) {
            Answer answer = ask("OPTIONS", refused);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void marksAnswersForAllowedOrigins() throws Exception {
        listen(new CorsConfig(List.of("http://b"), List.of(), List.of("x-seen"), 0));
        Answer allowed = ask("POST", "origin: http://b\n");
        assertThat(allowed.text()).isEqualTo("ok\n");
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("http://b");
        assertThat(allowed.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(allowed.header("access-control-expose-headers")).isEqualTo("x-seen");
        assertThat(allowed.header("vary")).isEqualTo("Origin");
        assertThat(ask("POST", "").headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void allowsAnyOriginAndHeaderByStars() throws Exception {
        listen(new CorsConfig(List.of("*"), List.of("*"), List.of(), 0));
        Answer allowed = ask(
                "OPTIONS",
                "origin: http://any\naccess-control-request-method: POST\naccess-control-request-headers: x-any\n");
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(allowed.header("access-control-allow-headers")).isEqualTo("x-any");
    }
}
