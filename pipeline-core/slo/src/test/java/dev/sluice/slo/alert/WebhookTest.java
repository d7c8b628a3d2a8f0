package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Secret;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What webhooks are told. */
class WebhookTest {
    @Test
    void alertmanagersShapeHasTheAlertsOfARuleWithWhatTheyShare() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver);
            sending.send(Notices.firing("/first"));
            receiver.take();
            sending.send(Notices.firing("/a"));
            Receiver.Got got = receiver.take();
            assertThat(got.path()).isEqualTo("/hook");
            assertThat(got.headers().get("content-type")).isEqualTo("application/json");
            assertThat(got.object())
                    .isEqualTo(new JsonObject("""
                    {"version": "4", "groupKey": "{}:{alertname=\\"HighLatencyAPI\\"}", "truncatedAlerts": 0,
                     "status": "firing", "receiver": "slo", "groupLabels": {"alertname": "HighLatencyAPI"},
                     "commonLabels": {"alertname": "HighLatencyAPI", "path": "/a", "severity": "critical"},
                     "commonAnnotations": {"summary": "95th percentile latency > 1.8s on /a"},
                     "externalURL": "http://sluice",
                     "alerts": [{"status": "firing",
                       "labels": {"alertname": "HighLatencyAPI", "path": "/a", "severity": "critical"},
                       "annotations": {"summary": "95th percentile latency > 1.8s on /a"},
                       "startsAt": "2023-11-14T22:15:20Z", "endsAt": "0001-01-01T00:00:00Z",
                       "generatorURL": "http://sluice:55679/debug/slo", "fingerprint": "%s"}]}
                    """.formatted(Notices.firing("/a").fingerprint())));
        }
    }

    @Test
    void aGroupFiresWhileOneOfItsAlertsDoesAndSharesOnlyWhatAllHave() {
        JsonObject message = new JsonObject(new String(
                new AlertmanagerWebhook(WebhookConfig.CHANGES, "hook", "")
                        .body(List.of(Notices.resolved("/a"), Notices.firing("/b"))),
                java.nio.charset.StandardCharsets.UTF_8));
        assertThat(message.getString("status")).isEqualTo("firing");
        assertThat(message.getJsonObject("commonLabels").getMap()).containsOnlyKeys("alertname", "severity");
        assertThat(message.getJsonObject("commonAnnotations").getMap()).isEmpty();
        assertThat(message.getJsonArray("alerts").getJsonObject(0).getString("endsAt"))
                .isEqualTo("2023-11-14T22:18:20Z");
    }

    @Test
    void alertsOfSeveralRulesGoInRequestsOfTheirOwn() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            AlertNotice other = new AlertNotice(
                    Notices.firing("/a").labels().with("alertname", "Other"),
                    Notices.firing("/a").annotations(),
                    AlertPhase.FIRING,
                    1,
                    "latency",
                    "",
                    Notices.firing("/a").times(),
                    AlertNotice.Exemplar.NONE,
                    false);
            sending.toWebhook(receiver).send(Notices.firing("/a"), Notices.firing("/b"), Notices.firing("/c"), other);
            assertThat(alerts(receiver.take())).isEqualTo(1);
            assertThat(alerts(receiver.take())).isEqualTo(2);
            assertThat(receiver.take().object().getJsonObject("groupLabels").getString("alertname"))
                    .isEqualTo("Other");
        }
    }

    @Test
    void cloudEventsAreOneARequestWithAnIdThatTheSameChangeKeeps() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver, "format", WebhookFormat.CLOUDEVENTS)
                    .send(Notices.firing("/a"), Notices.resolved("/a"));
            Receiver.Got got = receiver.take();
            String fingerprint = Notices.firing("/a").fingerprint();
            assertThat(got.headers().get("content-type")).isEqualTo("application/cloudevents+json");
            assertThat(got.object()).isEqualTo(new JsonObject("""
                    {"specversion": "1.0", "id": "%1$s-firing-1700000120000", "source": "/rules/latency/HighLatencyAPI",
                     "type": "dev.sluice.slo.alert.firing", "subject": "%1$s", "time": "2023-11-14T22:15:20Z",
                     "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                     "datacontenttype": "application/json",
                     "data": {"status": "firing",
                       "labels": {"alertname": "HighLatencyAPI", "path": "/a", "severity": "critical"},
                       "annotations": {"summary": "95th percentile latency > 1.8s on /a"},
                       "startsAt": "2023-11-14T22:15:20Z", "endsAt": "0001-01-01T00:00:00Z",
                       "generatorURL": "http://sluice:55679/debug/slo", "fingerprint": "%1$s", "value": "2.25",
                       "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331"}}
                    """.formatted(fingerprint)));
            assertThat(receiver.take().object().getString("type")).isEqualTo("dev.sluice.slo.alert.resolved");
        }
    }

    @Test
    void eventsOfSeveralAlertsAreUnderWayAtOnceAndThoseOfOneInOrder() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
            receiver.answering(held::add);
            sending.toWebhook(receiver, "format", WebhookFormat.CLOUDEVENTS)
                    .send(Notices.firing("/a"), Notices.resolved("/a"), Notices.firing("/b"));
            assertThat(List.of(change(receiver.take()), change(receiver.take())))
                    .containsExactlyInAnyOrder("firing /a", "firing /b");
            assertThat(receiver.waiting()).isZero();
            receiver.answering(200);
            held.take().end();
            held.take().end();
            assertThat(change(receiver.take())).isEqualTo("resolved /a");
            sending.until("slo_alerts_sent", 3);
        }
    }

    @Test
    void noMoreEventsThanEightAreUnderWay() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
            receiver.answering(held::add);
            sending.toWebhook(receiver, "format", WebhookFormat.CLOUDEVENTS)
                    .send(IntStream.range(0, 20)
                            .mapToObj(i -> Notices.firing("/" + i))
                            .toList());
            for (int i = 0; i < 20; i++) {
                receiver.take();
                int answered = Math.max(0, i - 7);
                if (i >= 7) {
                    sending.until("slo_alerts_sent", answered);
                    assertThat(receiver.waiting()).isZero();
                    held.take().end();
                }
            }
            for (int i = 0; i < 7; i++) {
                held.take().end();
            }
            sending.until("slo_alerts_sent", 20);
        }
    }

    @Test
    void anEventThatIsRefusedForNowHoldsUpOnlyWhatElseIsSaidOfItsAlert() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(503);
            sending.toWebhook(receiver, "format", WebhookFormat.CLOUDEVENTS, "timeout", Duration.ZERO)
                    .send(Notices.firing("/a"));
            receiver.take();
            sending.until("slo_alerts_refused", 1);
            receiver.answering(200);
            sending.send(Notices.resolved("/a"), Notices.firing("/b"));
            assertThat(change(receiver.take())).isEqualTo("firing /b");
            sending.until("slo_alerts_sent", 1);
            sending.pass(Duration.ofSeconds(1));
            assertThat(change(receiver.take())).isEqualTo("firing /a");
            assertThat(change(receiver.take())).isEqualTo("resolved /a");
        }
    }

    @Test
    void stoppingTriesEveryEventThatWaitsOnceMore() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(503);
            sending.toWebhook(receiver, "format", WebhookFormat.CLOUDEVENTS, "timeout", Duration.ZERO)
                    .send(Notices.firing("/a"), Notices.firing("/b"), Notices.resolved("/a"));
            sending.until("slo_alerts_refused", 2);
            Loop.await(sending.beginStop());
            assertThat(sending.meter("slo_alerts_refused")).isEqualTo(4);
            assertThat(sending.meter("slo_alerts_dropped")).isEqualTo(3);
            assertThat(sending.timers()).isZero();
        }
    }

    @Test
    void repeatsAndPhasesThatNobodyAskedForAreNotTold() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver).send(Notices.pending("/a"), Notices.stillFiring("/a"), Notices.resolved("/a"));
            assertThat(receiver.take().object().getString("status")).isEqualTo("resolved");
        }
    }

    @Test
    void aWebhookMayAskForEarlyWarnings() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver, "notify_on", List.of(AlertPhase.PENDING))
                    .send(Notices.firing("/b"), Notices.pending("/a"));
            JsonObject message = receiver.take().object();
            assertThat(message.getString("status")).isEqualTo("pending");
            assertThat(message.getJsonArray("alerts").getJsonObject(0).getString("startsAt"))
                    .isEqualTo("2023-11-14T22:13:20Z");
        }
    }

    @Test
    void theBlocksPhasesHoldForAWebhookThatSaysNothing() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            WebhookConfig config =
                    Configs.with(WebhookConfig.DEFAULT, "endpoint", "http://" + receiver.address() + "/hook");
            sending.to("webhooks", List.of(config), "notify_on", List.of(AlertPhase.RESOLVED))
                    .send(Notices.firing("/a"), Notices.resolved("/a"));
            assertThat(receiver.take().object().getString("status")).isEqualTo("resolved");
        }
    }

    @Test
    void bodiesAreSigned() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver, "hmac::secret", new Secret("opensesame"))
                    .send(Notices.firing("/a"));
            Receiver.Got got = receiver.take();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[] {'o', 'p', 'e', 'n', 's', 'e', 's', 'a', 'm', 'e'}, "HmacSHA256"));
            assertThat(got.headers().get("x-sluice-signature-256"))
                    .isEqualTo("sha256="
                            + HexFormat.of().formatHex(mac.doFinal(got.body().getBytes())));
        }
    }

    @Test
    void anAcknowledgedWebhookIsAnAction() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toWebhook(receiver).send(Notices.firing("/a"), Notices.resolved("/a"));
            sending.until("slo_alerts_sent", 2);
            assertThat(sending.meter("slo_action_latency_seconds")).isEqualTo(1);
            assertThat(sending.meter("slo_notify_latency_seconds")).isEqualTo(1);
        }
    }

    /** What a CloudEvent says: the phase, and the path that the alert is about. */
    private static String change(Receiver.Got got) {
        JsonObject alert = got.object().getJsonObject("data");
        return alert.getString("status") + " " + alert.getJsonObject("labels").getString("path");
    }

    private static int alerts(Receiver.Got got) {
        return got.object().getJsonArray("alerts").size();
    }
}
