package dev.sluice.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Secret;
import dev.sluice.exporters.Alerts;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.alert.WebhookFormat;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Requests;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookExporterTest {
    @Test
    void changesOfAlertsAreToldAndRepeatsAreNot() {
        try (ServedExporter exporter = exporter("external_url", "http://sluice")) {
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"), Alerts.repeated("/b"), Alerts.resolved("/c"))))
                    .isEqualTo(Outcome.ACCEPTED);
            assertThat(exporter.server(0).taken()).singleElement().satisfies(got -> {
                JsonObject message = new JsonObject(got.body());
                assertThat(got.path()).isEqualTo("/hook");
                assertThat(message.getString("receiver")).isEqualTo("webhook");
                assertThat(message.getString("externalURL")).isEqualTo("http://sluice");
                assertThat(message.getJsonArray("alerts")).hasSize(2);
            });
        }
    }

    @Test
    void cloudEventsAreSignedOneByOne() {
        try (ServedExporter exporter = exporter("format", WebhookFormat.CLOUDEVENTS, "hmac::secret", new Secret("s"))) {
            exporter.send(Alerts.logs(Alerts.firing("/a"), Alerts.firing("/b")));
            List<ServedExporter.Got> taken = exporter.server(0).taken();
            assertThat(taken).hasSize(2);
            assertThat(taken)
                    .extracting(got -> got.headers().get("x-sluice-signature-256"))
                    .allSatisfy(signature -> assertThat(signature).matches("sha256=[0-9a-f]{64}"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void recordsThatAreNoAlertsAreRejected() {
        try (ServedExporter exporter = exporter()) {
            Telemetry alert = Alerts.logs(Alerts.firing("/a"));
            Bytes mixed = Bytes.concat(List.of(Requests.numbered(Signal.LOGS, 1).wire(), alert.wire()));
            assertThat(exporter.send(alert.with(mixed, -1)))
                    .isEqualTo(new Outcome.Accepted(1, "1 log records are no alerts"));
            assertThat(exporter.server(0).taken()).hasSize(1);
        }
    }

    @Test
    void aRefusalOfTheReceiverIsOurs() {
        try (ServedExporter exporter = exporter()) {
            exporter.server(0).answering(503);
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"))))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
                        assertThat(refused.message()).contains("/hook of alerts failed: 503");
                    });
        }
    }

    private static ServedExporter exporter(Object... options) {
        return new ServedExporter("webhook", 1, (addresses, context) -> {
            WebhookExporterConfig config = Configs.with(
                    WebhookExporterConfig.DEFAULT, "endpoint", "http://user:pw@" + addresses.getFirst() + "/hook");
            return new WebhookExporterFactory().create(Configs.with(config, options), context);
        });
    }
}
