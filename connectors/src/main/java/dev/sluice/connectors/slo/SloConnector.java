package dev.sluice.connectors.slo;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Connector;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.alert.AlertLogWriter;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.rules.RuleOutput;
import dev.sluice.slo.rules.SloConfig;
import dev.sluice.slo.rules.SloRules;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Shows every batch to the rules, and sends what they tell to the pipelines that begin here. Refuses what the rules' loop cannot keep up with. */
final class SloConnector implements Connector, RuleOutput {
    /** As Prometheus does unless told otherwise. */
    private static final Duration RESEND_DELAY = Duration.ofMinutes(1);

    private final Outputs outputs;
    private final ComponentContext context;
    private final SloRules rules;

    SloConnector(SloConfig config, Outputs outputs, ComponentContext context) {
        this.outputs = outputs;
        this.context = context;
        rules = new SloRules(config, new SloRules.Telling(RESEND_DELAY, Map.of(), ""), this, context);
    }

    @Override
    public Future<?> start() {
        return rules.start();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return rules.observe(batch);
    }

    @Override
    public void alerts(List<AlertNotice> notices) {
        send(Signal.LOGS, AlertLogWriter.write(notices, context.clock().epochNanos()));
    }

    @Override
    public void series(Bytes metrics) {
        send(Signal.METRICS, metrics);
    }

    private void send(Signal signal, Bytes wire) {
        if (outputs.signals().contains(signal)) {
            outputs.to(signal).consume(Telemetry.of(signal, wire, Origin.INTERNAL));
        }
    }

    @Override
    public Future<?> stop() {
        return rules.stop();
    }
}
