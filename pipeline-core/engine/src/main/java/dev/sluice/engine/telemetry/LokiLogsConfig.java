package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** The block {@code service::telemetry::logs::loki}. Times are milliseconds, as everywhere in OpenTelemetry's own configuration. */
public record LokiLogsConfig(
        @Doc("The whole URL of the push API, such as `http://loki:3100/loki/api/v1/push`.")
        String endpoint,

        @Doc("Sent as `X-Scope-OrgID`.") String tenant,

        @Doc("Labels of the stream and their values; where empty, `service_name` from the resource.")
        Map<String, String> labels,

        @Doc("Headers to send along.") Map<String, Secret> headers,

        @Doc("Time limit of one request, in milliseconds.") int timeout,

        @Doc("How long lines wait for others, in milliseconds.")
        int scheduleDelay,

        @Doc("File with the certificates that the server's must go back to.")
        String certificate,

        @Doc("File with the certificate to show to the server.")
        String clientCertificate,

        @Doc("File with the key of `client_certificate`.") String clientKey)
        implements Config {
    public static final LokiLogsConfig DEFAULT =
            new LokiLogsConfig("", "", Map.of(), Map.of(), 10_000, 1_000, "", "", "");

    @Override
    public void validate(Problems problems) {
        if (!url(endpoint)) {
            problems.at("endpoint", "'endpoint' must be a URL of http or https");
        }
        if (!tenant.matches("[0-9A-Za-z!_.*'()-]{0,150}")) {
            problems.at("tenant", "`" + tenant + "` is no tenant of Loki");
        }
        labels.keySet().stream()
                .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .forEach(name -> problems.at(
                        "labels::" + name,
                        "`" + name + "` is no label name: Loki takes letters, digits and underscores"));
        if (timeout <= 0) {
            problems.at("timeout", "'timeout' must be positive");
        }
        if (scheduleDelay <= 0) {
            problems.at("schedule_delay", "'schedule_delay' must be positive");
        }
        if (clientCertificate.isEmpty() != clientKey.isEmpty()) {
            problems.at("client_certificate", "'client_certificate' and 'client_key' must be set together");
        }
    }

    private static boolean url(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
