package dev.sluice.receivers.loki;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code loki} receivers. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class LokiReceiverFactory implements ReceiverFactory<LokiReceiverConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("loki");
    }

    @Override
    public String summary() {
        return "Receives logs by Loki's push API, as Promtail, Alloy and Loki4j send them.";
    }

    @Override
    public LokiReceiverConfig defaultConfig() {
        return LokiReceiverConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.LOGS, Stability.ALPHA);
    }

    @Override
    public Receiver create(LokiReceiverConfig config, Outputs outputs, ComponentContext context) {
        return new LokiReceiver(config, outputs.to(Signal.LOGS), context);
    }
}
