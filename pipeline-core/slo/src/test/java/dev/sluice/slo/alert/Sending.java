package dev.sluice.slo.alert;

import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A sender at work on a loop of its own, and servers to send to. Requests have no time limit, so that timers are those of retries. */
final class Sending implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final TestContext context = new TestContext("slo", vertx);
    private AlertSender sender = new AlertSender(AlertingConfig.DEFAULT, context);

    /** The clock stands at the moment when {@link Notices#firing} begins to fire. */
    Sending() {
        context.manualClock().advance(Duration.ofMinutes(2));
    }

    Receiver receiver() {
        return new Receiver(vertx);
    }

    /** Options of the block {@code alerting}: key and value in turn. */
    Sending to(Object... options) {
        sender = new AlertSender(Configs.with(AlertingConfig.DEFAULT, options), context);
        on(() -> sender.start().mapEmpty());
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
        on(() -> {
            sender.send(notices);
            return Future.succeededFuture();
        });
    }

    void pass(Duration time) {
        on(() -> {
            context.manualClock().advance(time);
            return Future.succeededFuture();
        });
    }

    /** Without waiting until it has stopped. */
    Future<Void> beginStop() {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(go -> sender.stop().<Void>mapEmpty().onComplete(done));
        return done.future();
    }

    /** A meter's value once the loop has done what it was told. */
    double meter(String name) {
        return on(() -> Future.succeededFuture(context.meters().value(name)));
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
        return on(() -> Future.succeededFuture(context.manualClock().pending()));
    }

    @Override
    public void close() {
        Receiver.await(beginStop());
        Receiver.await(beginStop());
        Receiver.await(vertx.close());
    }

    private <T> T on(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(go -> work.get().onComplete(done));
        return Receiver.await(done.future());
    }
}
