package dev.sluice.transport.client;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations that differ from the default in what a test says. */
record GrpcConfigs(
        String endpoint,
        String compression,
        ClientTlsConfig tls,
        @Nullable GrpcKeepalive keepalive,
        boolean waitForReady,
        Map<String, Secret> headers,
        String balancer,
        String authority,
        String userAgent,
        @Nullable ComponentId authenticator) {
    static GrpcConfigs to(String endpoint) {
        return new GrpcConfigs(
                endpoint, "none", ClientTlsConfig.DEFAULT, null, false, Map.of(), "round_robin", "", "", null);
    }

    GrpcConfigs compression(String value) {
        return new GrpcConfigs(
                endpoint, value, tls, keepalive, waitForReady, headers, balancer, authority, userAgent, authenticator);
    }

    GrpcConfigs tls(ClientTlsConfig value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                value,
                keepalive,
                waitForReady,
                headers,
                balancer,
                authority,
                userAgent,
                authenticator);
    }

    GrpcConfigs keepalive(GrpcKeepalive value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                value,
                waitForReady,
                headers,
                balancer,
                authority,
                userAgent,
                authenticator);
    }

    GrpcConfigs waiting() {
        return new GrpcConfigs(
                endpoint, compression, tls, keepalive, true, headers, balancer, authority, userAgent, authenticator);
    }

    GrpcConfigs headers(Map<String, Secret> value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                keepalive,
                waitForReady,
                value,
                balancer,
                authority,
                userAgent,
                authenticator);
    }

    GrpcConfigs balancer(String value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                keepalive,
                waitForReady,
                headers,
                value,
                authority,
                userAgent,
                authenticator);
    }

    GrpcConfigs authority(String value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                keepalive,
                waitForReady,
                headers,
                balancer,
                value,
                userAgent,
                authenticator);
    }

    GrpcConfigs userAgent(String value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                keepalive,
                waitForReady,
                headers,
                balancer,
                authority,
                value,
                authenticator);
    }

    GrpcConfigs authenticator(String value) {
        return new GrpcConfigs(
                endpoint,
                compression,
                tls,
                keepalive,
                waitForReady,
                headers,
                balancer,
                authority,
                userAgent,
                ComponentId.parse(value));
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
                authenticator == null ? null : new ClientAuth(authenticator));
    }
}
