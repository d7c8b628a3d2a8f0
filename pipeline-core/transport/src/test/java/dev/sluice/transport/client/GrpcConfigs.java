package dev.sluice.transport.client;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.Middleware;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds configurations that differ from the default in what a test says. */
final class GrpcConfigs {
    private final String endpoint;
    private String compression = "none";
    private ClientTlsConfig tls = ClientTlsConfig.DEFAULT;
    private @Nullable GrpcKeepalive keepalive;
    private boolean waitForReady;
    private Map<String, Secret> headers = Map.of();
    private String balancer = "round_robin";
    private String authority = "";
    private String userAgent = "";
    private @Nullable ClientAuth auth;
    private List<Middleware> middlewares = List.of();

    private GrpcConfigs(String endpoint) {
        this.endpoint = endpoint;
    }

    static GrpcConfigs to(String endpoint) {
        return new GrpcConfigs(endpoint);
    }

    GrpcConfigs compression(String value) {
        compression = value;
        return this;
    }

    GrpcConfigs tls(ClientTlsConfig value) {
        tls = value;
        return this;
    }

    GrpcConfigs keepalive(GrpcKeepalive value) {
        keepalive = value;
        return this;
    }

    GrpcConfigs waiting() {
        waitForReady = true;
        return this;
    }

    GrpcConfigs headers(Map<String, Secret> value) {
        headers = value;
        return this;
    }

    GrpcConfigs balancer(String value) {
        balancer = value;
        return this;
    }

    GrpcConfigs authority(String value) {
        authority = value;
        return this;
    }

    GrpcConfigs userAgent(String value) {
        userAgent = value;
        return this;
    }

    GrpcConfigs authenticator(String value) {
        auth = new ClientAuth(ComponentId.parse(value));
        return this;
    }

    GrpcConfigs middleware(Middleware value) {
        middlewares = List.of(value);
        return this;
    }

    GrpcClientConfig build() {
        return new GrpcClientConfig(
                endpoint,
                compression,
                tls,
                keepalive,
                0,
                0,
                waitForReady,
                headers,
                balancer,
                authority,
                userAgent,
                auth,
                middlewares);
    }
}
