package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One or more Alertmanagers, in the words of Prometheus' {@code alertmanagers} or as an HTTP client. */
public record AlertmanagerConfig(
        @Squash @Doc("The connection.") HttpClientConfig client,

        @Doc(
                "The Alertmanagers as Prometheus names them: `[{targets: [host:port, …]}]`. They take the place of `endpoint`.")
        List<StaticConfig> staticConfigs,

        @Doc("How `targets` are reached: `http` or `https`.")
        String scheme,

        @Doc("What stands before `/api/v2/alerts`.") String pathPrefix,
        @Doc("Only `v2`: Alertmanager has given `v1` up.") String apiVersion,

        @Doc("User and password.") @Nullable BasicAuth basicAuth,
        @Doc("The header `Authorization`.") @Nullable Authorization authorization,

        @Doc("Encryption as Prometheus names it, in the place of `tls`.") @Nullable
        PrometheusTls tlsConfig)
        implements Config {
    /** As in Prometheus. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public static final AlertmanagerConfig DEFAULT = new AlertmanagerConfig(
            HttpClientConfig.DEFAULT.within(TIMEOUT), List.of(), "http", "", "v2", null, null, null);

    public AlertmanagerConfig {
        staticConfigs = List.copyOf(staticConfigs);
    }

    /** The same with an address that holds unless another is given. */
    public AlertmanagerConfig at(String endpoint) {
        return new AlertmanagerConfig(
                client.at(endpoint),
                staticConfigs,
                scheme,
                pathPrefix,
                apiVersion,
                basicAuth,
                authorization,
                tlsConfig);
    }

    /** What alerts are posted to, one for each Alertmanager. */
    public List<String> urls() {
        List<String> bases = new ArrayList<>();
        for (StaticConfig group : staticConfigs) {
            group.targets().forEach(target -> bases.add(scheme + "://" + target));
        }
        if (bases.isEmpty() && !client.endpoint().isEmpty()) {
            bases.add(client.endpoint());
        }
        return bases.stream()
                .map(base -> joined(joined(base, pathPrefix), "api/v2/alerts"))
                .toList();
    }

    /** The client to reach them by. */
    HttpClientConfig effectiveClient() {
        return tlsConfig == null ? client : client.encryptedBy(tlsConfig.common());
    }

    /** The targets of a valid configuration. */
    List<HttpTarget> targets() {
        List<HttpTarget> targets = new ArrayList<>();
        for (String url : urls()) {
            HttpTarget target = HttpTarget.parse(url);
            if (target != null) {
                targets.add(new HttpTarget(
                        target.ssl(), target.host(), target.port(), target.path(), header(target.authorization())));
            }
        }
        return targets;
    }

    @Override
    public void validate(Problems problems) {
        List<String> urls = urls();
        if (urls.isEmpty()) {
            problems.add("endpoint must be non-empty, or static_configs name an Alertmanager");
        }
        for (String url : urls) {
            if (HttpTarget.parse(url) == null) {
                problems.add("no address of an Alertmanager: \"" + url + "\"");
            }
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            problems.at("scheme", "must be http or https, not \"" + scheme + "\"");
        }
        if (!apiVersion.equals("v2")) {
            problems.at("api_version", "only v2 is supported, not \"" + apiVersion + "\"");
        }
        if (basicAuth != null && authorization != null) {
            problems.at("authorization", "at most one of basic_auth and authorization may be configured");
        }
    }

    private String header(String ofUrl) {
        if (basicAuth != null) {
            String pair = basicAuth.username() + ":" + basicAuth.password().reveal();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        return authorization == null
                ? ofUrl
                : authorization.type() + " " + authorization.credentials().reveal();
    }

    private static String joined(String base, String path) {
        String before = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        String after = path.startsWith("/") ? path.substring(1) : path;
        return after.isEmpty() ? before : before + "/" + after;
    }

    /** One of {@code static_configs}. */
    public record StaticConfig(
            @Doc("Alertmanagers, each `host:port`.") List<String> targets,

            @Doc("Accepted for compatibility; labels of targets have no effect without relabelling.")
            Map<String, String> labels)
            implements Config {
        public static final StaticConfig DEFAULT = new StaticConfig(List.of(), Map.of());

        public StaticConfig {
            targets = List.copyOf(targets);
            labels = Map.copyOf(labels);
        }
    }

    /** The block {@code basic_auth}. */
    public record BasicAuth(
            @Doc("The user.") String username,
            @Doc("The password.") Secret password) implements Config {
        public static final BasicAuth DEFAULT = new BasicAuth("", new Secret(""));
    }

    /** The block {@code authorization}. */
    public record Authorization(
            @Doc("The scheme.") String type,
            @Doc("What follows it.") Secret credentials) implements Config {
        public static final Authorization DEFAULT = new Authorization("Bearer", new Secret(""));
    }
}
