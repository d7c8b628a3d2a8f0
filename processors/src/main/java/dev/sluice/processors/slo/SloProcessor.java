package dev.sluice.processors.slo;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertSender;
import dev.sluice.slo.rules.RuleOutput;
import dev.sluice.slo.rules.SloRules;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Lets every batch pass as it is, shows it to the rules, and adds what they record to the pipeline. */
final class SloProcessor implements Processor, RuleOutput {
    private final TelemetryConsumer next;
    private final SloRules rules;
    private final AlertSender sender;
    private final Counter unseen;

    SloProcessor(SloProcessorConfig config, TelemetryConsumer next, ComponentContext context) {
        this.next = next;
        sender = new AlertSender(config.alerting(), context);
        rules = new SloRules(
                config.rules(),
                new SloRules.Telling(
                        config.alerting().resendDelay(),
                        config.alerting().externalLabels(),
                        config.alerting().externalUrl()),
                this,
                context);
        unseen = context.meters()
                .counter(
                        "rule_engine_items_unseen",
                        "{item}",
                        "Items that passed without being seen by the rules, whose loop could not keep up.",
                        Map.of());
    }

    @Override
    public Future<?> start() {
        return sender.start().compose(ready -> rules.start());
    }

    /** The answer is the next stage's. It waits until the rules have the samples, so that those of a sender come to them in its order. */
    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Future<Outcome> onward = next.consume(batch);
        Future<Outcome> seen = rules.observe(batch);
        return seen.transform(answer -> {
            if (answer.failed() || answer.result() instanceof Outcome.Refused) {
                unseen.add(batch.items());
            }
            return onward;
        });
    }

    @Override
    public void alerts(List<AlertNotice> notices) {
        sender.send(notices);
    }

    @Override
    public void series(Bytes metrics) {
        next.consume(Telemetry.of(Signal.METRICS, metrics, Origin.INTERNAL));
    }

    @Override
    public Future<?> stop() {
        return rules.stop().eventually(sender::stop);
    }
}
