package dev.sluice.receivers.jvm;

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

/** Makes the receiver {@code jvm}. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class JvmReceiverFactory implements ReceiverFactory<JvmReceiverConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("jvm");
    }

    @Override
    public String summary() {
        return "Reads the metrics of the JVM that Sluice runs in.";
    }

    @Override
    public JvmReceiverConfig defaultConfig() {
        return JvmReceiverConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.METRICS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Receiver create(JvmReceiverConfig config, Outputs outputs, ComponentContext context) {
        return new JvmReceiver(config, outputs, context);
    }
}
