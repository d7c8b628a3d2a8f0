package dev.sluice.transport.client;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.client.HttpClientConfig.CompressionParams;
import dev.sluice.transport.client.HttpClientConfig.CookiesConfig;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds configurations that differ from the default in what a test says. */
final class HttpConfigs {
    private String proxy = "";
    private ClientTlsConfig tls = ClientTlsConfig.DEFAULT;
    private Duration timeout = Duration.ofSeconds(5);
    private Map<String, Secret> headers = Map.of();
    private @Nullable ClientAuth auth;
    private String compression = "none";
    private int level;
    private int connections;
    private boolean disableKeepAlives;
    private Duration readIdle = Duration.ZERO;
    private Duration pingTimeout = Duration.ZERO;
    private @Nullable CookiesConfig cookies;
    private boolean http2 = true;
    private List<Middleware> middlewares = List.of();

    HttpConfigs proxy(String value) {
        proxy = value;
        return this;
    }

    HttpConfigs tls(ClientTlsConfig value) {
        tls = value;
        return this;
    }

    HttpConfigs timeout(Duration value) {
        timeout = value;
        return this;
    }

    HttpConfigs headers(Map<String, Secret> value) {
        headers = value;
        return this;
    }

    HttpConfigs authenticator(String value) {
        auth = new ClientAuth(ComponentId.parse(value));
        return this;
    }

    HttpConfigs compression(String value, int atLevel) {
        compression = value;
        level = atLevel;
        return this;
    }

    HttpConfigs connections(int value) {
        connections = value;
        return this;
    }

    HttpConfigs disableKeepAlives() {
        disableKeepAlives = true;
        return this;
    }

    HttpConfigs pings(Duration idle, Duration answer) {
        readIdle = idle;
        pingTimeout = answer;
        return this;
    }

    HttpConfigs cookies() {
        cookies = new CookiesConfig(true);
        return this;
    }

    HttpConfigs http1() {
        http2 = false;
        return this;
    }

    HttpConfigs middleware(Middleware value) {
        middlewares = List.of(value);
        return this;
    }

    HttpClientConfig build() {
        return new HttpClientConfig(
                "",
                proxy,
                tls,
                0,
                0,
                timeout,
                headers,
                auth,
                compression,
                new CompressionParams(level),
                100,
                0,
                connections,
                Duration.ofSeconds(90),
                disableKeepAlives,
                readIdle,
                pingTimeout,
                cookies,
                http2,
                middlewares);
    }
}
