package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Alertmanagers are told, by the answers of a real server. */
class AlertSenderTest {
    private static final List<AlertNotice> MANY =
            IntStream.range(0, 600).mapToObj(i -> Notices.firing("/" + i)).toList();

    @Test
    void everyAlertmanagerIsToldOfWhatFiresAndIsResolved() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver first = sending.receiver();
            Receiver second = sending.receiver();
            sending.toAlertmanagers(first, second);
            sending.send(Notices.pending("/a"), Notices.firing("/a"));
            for (Receiver receiver : List.of(first, second)) {
                Receiver.Got got = receiver.take();
                assertThat(got.path()).isEqualTo("/api/v2/alerts");
                assertThat(got.headers().get("content-type")).isEqualTo("application/json");
                assertThat(new JsonArray(got.body())).isEqualTo(new JsonArray("""
                        [{"labels": {"alertname": "HighLatencyAPI", "path": "/a", "severity": "critical"},
                          "annotations": {"summary": "95th percentile latency > 1.8s on /a"},
                          "startsAt": "2023-11-14T22:15:20Z", "endsAt": "2023-11-14T22:19:20Z",
                          "generatorURL": "http://sluice:55679/debug/slo"}]
                        """));
            }
            sending.send(Notices.resolved("/a"));
            for (Receiver receiver : List.of(first, second)) {
                assertThat(new JsonArray(receiver.take().body())
                                .getJsonObject(0)
                                .getMap())
                        .containsEntry("startsAt", "2023-11-14T22:15:20Z")
                        .containsEntry("endsAt", "2023-11-14T22:18:20Z");
            }
            sending.until("slo_alerts_sent", 4);
        }
    }

    @Test
    void repeatsReachAlertmanagersWhichForgetWhatIsNotRepeated() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toAlertmanagers(receiver).send(Notices.stillFiring("/a"));
            assertThat(receiver.take().paths()).containsExactly("/a");
        }
    }

    @Test
    void whatComesMeanwhileIsSentInBatchesOfAtMost256InOrder() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toAlertmanagers(receiver).send(MANY);
            List<Integer> sizes = new ArrayList<>();
            List<String> paths = new ArrayList<>();
            while (paths.size() < MANY.size()) {
                List<String> batch = receiver.take().paths();
                sizes.add(batch.size());
                paths.addAll(batch);
            }
            assertThat(paths)
                    .isEqualTo(MANY.stream()
                            .map(notice -> notice.labels().get("path"))
                            .toList());
            assertThat(sizes).isEqualTo(List.of(1, 256, 256, 87));
        }
    }

    @Test
    void aReplicaThatIsDownDelaysNoOther() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver down = sending.receiver();
            Receiver up = sending.receiver();
            down.answering(503);
            sending.toAlertmanagers(down, up);
            sending.send(Notices.firing("/a"));
            sending.send(Notices.firing("/b"));
            assertThat(up.take().paths()).containsExactly("/a");
            assertThat(up.take().paths()).containsExactly("/b");
        }
    }

    @Test
    void passingRefusalsAreTriedAgainAfterOneTwoFourSeconds() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(500);
            sending.toAlertmanagers(receiver).send(Notices.firing("/a"));
            receiver.take();
            for (int seconds : new int[] {1, 2, 4}) {
                awaitRetry(sending);
                sending.pass(Duration.ofSeconds(seconds).minusMillis(1));
                assertThat(receiver.waiting()).isZero();
                sending.pass(Duration.ofMillis(1));
                assertThat(receiver.take().paths()).containsExactly("/a");
            }
            awaitRetry(sending);
            receiver.answering(200);
            sending.pass(Duration.ofSeconds(8));
            sending.until("slo_alerts_sent", 1);
        }
    }

    @Test
    void aServersOwnTimeForTheNextAttemptIsKept() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(response ->
                    response.setStatusCode(429).putHeader("retry-after", "20").end());
            sending.toAlertmanagers(receiver).send(Notices.firing("/a"));
            receiver.take();
            awaitRetry(sending);
            sending.pass(Duration.ofSeconds(19));
            assertThat(receiver.waiting()).isZero();
            sending.pass(Duration.ofSeconds(1));
            assertThat(receiver.take().paths()).containsExactly("/a");
        }
    }

    @Test
    void aBadBatchIsNotTriedAgain() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(400);
            sending.toAlertmanagers(receiver).send(Notices.firing("/a"));
            receiver.take();
            sending.until("slo_alerts_dropped", 1);
            receiver.answering(200);
            sending.send(Notices.firing("/b"));
            assertThat(receiver.take().paths()).containsExactly("/b");
        }
    }

    @Test
    void ofAFiringAlertWhoseEndPassesWhileItWaitsNothingIsTold() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(response ->
                    response.setStatusCode(503).putHeader("retry-after", "240").end());
            sending.toAlertmanagers(receiver).send(Notices.firing("/a"));
            receiver.take();
            awaitRetry(sending);
            sending.send(Notices.resolved("/b"));
            receiver.answering(200);
            sending.pass(Duration.ofMinutes(4));
            assertThat(receiver.take().paths()).containsExactly("/b");
            assertThat(sending.meter("slo_alerts_dropped")).isEqualTo(1);
        }
    }

    @Test
    void aBatchThatIsRefusedForFiveMinutesMakesWay() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(500);
            sending.toAlertmanagers(receiver).send(Notices.resolved("/poison"));
            sending.send(Notices.resolved("/next"));
            assertThat(receiver.take().paths()).containsExactly("/poison");
            awaitRetry(sending);
            sending.pass(Duration.ofMinutes(5));
            assertThat(receiver.take().paths()).containsExactly("/poison");
            assertThat(receiver.take().paths()).containsExactly("/next");
            assertThat(sending.meter("slo_alerts_dropped")).isEqualTo(1);
        }
    }

    @Test
    void ofTooManyThatWaitTheOldestAreDroppedAndCounted() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
            receiver.answering(held::add);
            sending.toAlertmanagers(receiver);
            sending.send(Notices.firing("/first"));
            sending.send(IntStream.range(0, AlertLane.CAPACITY + 3)
                    .mapToObj(i -> Notices.firing("/" + i))
                    .toList());
            assertThat(sending.meter("slo_alerts_dropped")).isEqualTo(3);
            receiver.take();
            receiver.answering(200);
            HttpServerResponse first = held.poll(20, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            first.end();
            assertThat(receiver.take().paths()).startsWith("/3", "/4");
        }
    }

    @Test
    void externalLabelsGoWithEveryAlert() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            AlertmanagerConfig alertmanager = AlertmanagerConfig.DEFAULT.at("http://" + receiver.address());
            sending.to(
                            "alertmanagers",
                            List.of(alertmanager),
                            "external_labels",
                            Map.of("cluster", "eu", "severity", "page"))
                    .send(Notices.firing("/a"));
            assertThat(new JsonArray(receiver.take().body())
                            .getJsonObject(0)
                            .getJsonObject("labels")
                            .getMap())
                    .containsEntry("cluster", "eu")
                    .containsEntry("severity", "critical");
        }
    }

    @Test
    void stoppingTellsWhatIsStillToBeTold() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toAlertmanagers(receiver).send(MANY);
            Loop.await(sending.beginStop());
            assertThat(sending.meter("slo_alerts_sent")).isEqualTo(MANY.size());
            assertThat(sending.timers()).isZero();
        }
    }

    @Test
    void stoppingTriesADestinationThatIsDownOnceMoreAndLeavesIt() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            receiver.answering(503);
            sending.toAlertmanagers(receiver).send(Notices.firing("/a"), Notices.firing("/b"));
            receiver.take();
            awaitRetry(sending);
            Future<Void> stopped = sending.beginStop();
            assertThat(receiver.take().paths()).containsExactly("/a");
            Loop.await(stopped);
            assertThat(sending.meter("slo_alerts_dropped")).isEqualTo(2);
            assertThat(sending.timers()).isZero();
        }
    }

    @Test
    void theTimeFromFiringToItsAcknowledgementIsMeasured() throws Exception {
        try (Sending sending = new Sending()) {
            Receiver receiver = sending.receiver();
            sending.toAlertmanagers(receiver)
                    .send(Notices.firing("/a"), Notices.stillFiring("/b"), Notices.resolved("/c"));
            sending.until("slo_alerts_sent", 3);
            assertThat(sending.meter("slo_notify_latency_seconds")).isEqualTo(1);
            assertThat(sending.meter("slo_action_latency_seconds")).isZero();
        }
    }

    /** A refusal has been heard when there is a timer for the next attempt. */
    private static void awaitRetry(Sending sending) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (sending.timers() != 1) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no other attempt is due");
            }
            Thread.onSpinWait();
        }
    }
}
