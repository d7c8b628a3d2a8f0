package dev.sluice.receivers.nop;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Outputs;
import dev.sluice.api.Placement;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code nop} receivers. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class NopReceiverFactory implements ReceiverFactory<NopReceiverConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("nop");
    }

    @Override
    public String summary() {
        return "Takes nothing in: stands in for a receiver where a pipeline must have one.";
    }

    @Override
    public NopReceiverConfig defaultConfig() {
        return NopReceiverConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.BETA, Signal.METRICS, Stability.BETA, Signal.LOGS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Receiver create(NopReceiverConfig config, Outputs outputs, ComponentContext context) {
        return new NopReceiver();
    }
}
