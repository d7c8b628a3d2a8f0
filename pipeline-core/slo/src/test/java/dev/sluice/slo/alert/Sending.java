package dev.sluice.slo.alert;

import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** A sender at work on a loop of its own, and servers to send to. Requests have no time limit, so that timers are those of retries. */
final class Sending implements AutoCloseable {
    private final Loop loop = new Loop("slo");
    private AlertSender sender = new AlertSender(AlertingConfig.DEFAULT, loop.surroundings());

    /** The clock stands at the moment when {@link Notices#firing} begins to fire. */
    Sending() {
        loop.surroundings().manualClock().advance(Duration.ofMinutes(2));
    }

    Receiver receiver() {
        return new Receiver(loop.vertx());
    }

    /** Options of the block {@code alerting}: key and value in turn. */
    Sending to(Object... options) {
        sender = new AlertSender(Configs.with(AlertingConfig.DEFAULT, options), loop.surroundings());
        loop.call(sender::start);
        return this;
    }

    Sending toAlertmanagers(Receiver... receivers) {
        List<String> targets =
                List.of(receivers).stream().map(Receiver::address).toList();
        return to(
                "alertmanagers",
                List.of(Configs.with(
                        AlertmanagerConfig.DEFAULT,
                        "timeout",
                        Duration.ZERO,
                        "static_configs",
                        List.of(Configs.with(AlertmanagerConfig.StaticConfig.DEFAULT, "targets", targets)))));
    }

    /** A webhook, with options of its own. */
    Sending toWebhook(Receiver receiver, Object... options) {
        WebhookConfig config =
                Configs.with(WebhookConfig.DEFAULT, "endpoint", "http://" + receiver.address() + "/hook");
        return to("webhooks", List.of(Configs.with(config, options)), "external_url", "http://sluice");
    }

    void send(AlertNotice... notices) {
        send(List.of(notices));
    }

    void send(List<AlertNotice> notices) {
        loop.get(() -> {
            sender.send(notices);
            return true;
        });
    }

    void pass(Duration time) {
        loop.advance(time);
    }

    /** Without waiting until it has stopped. */
    Future<Void> beginStop() {
        return loop.start(() -> sender.stop().mapEmpty());
    }

    /** A meter's value once the loop has done what it was told. */
    double meter(String name) {
        return loop.get(() -> loop.surroundings().meters().value(name));
    }

    /** Waits until the meter has the value, which answers of servers bring about. */
    void until(String name, double value) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (meter(name) != value) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " is " + meter(name) + " and not " + value);
            }
            Thread.onSpinWait();
        }
    }

    int timers() {
        return loop.get(() -> loop.surroundings().manualClock().pending());
    }

    @Override
    public void close() {
        Loop.await(beginStop());
        Loop.await(beginStop());
        loop.close();
    }
}
