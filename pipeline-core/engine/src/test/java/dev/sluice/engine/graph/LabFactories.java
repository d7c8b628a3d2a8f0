package dev.sluice.engine.graph;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentId;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Outputs;
import dev.sluice.api.Placement;
import dev.sluice.api.Processor;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.MemoryLimit;
import dev.sluice.otlp.Signal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The factories of the components of a {@link Lab}, and what they have for configuration. */
public final class LabFactories {
    private final Lab lab;

    LabFactories(Lab lab) {
        this.lab = lab;
    }

    static Record configOf(ComponentId id) {
        return id.type().equals("lim") ? new LimitConfig(Long.parseLong(id.name())) : new LabConfig(id.toString());
    }

    ComponentFactory<?> of(String type) {
        return switch (type.charAt(0)) {
            case 'r' -> new Receivers(type);
            case 'p' -> new Processors(type);
            case 'l' -> new Limiters();
            case 'e' -> new Exporters(type);
            case 'c' -> new Connectors(type);
            default -> new Extensions(type);
        };
    }

    private static Placement placement(String type) {
        return type.endsWith("1") ? Placement.ONE_LOOP : type.endsWith("s") ? Placement.SHARDED : Placement.EVERY_LOOP;
    }

    private static Map<Signal, Stability> signals(String type) {
        return type.endsWith("t")
                ? Map.of(Signal.TRACES, Stability.STABLE)
                : Map.of(
                        Signal.TRACES, Stability.STABLE,
                        Signal.METRICS, Stability.STABLE,
                        Signal.LOGS, Stability.STABLE);
    }

    /** Configuration of everything but memory limiters. */
    public record LabConfig(@Doc("The id.") String id) implements Config {
        public static final LabConfig DEFAULT = new LabConfig("");
    }

    /** Configuration of a memory limiter. */
    public record LimitConfig(@Doc("Soft and hard limit.") long bytes) implements Config, MemoryLimit {
        public static final LimitConfig DEFAULT = new LimitConfig(0);

        @Override
        public long limitBytes() {
            return bytes;
        }

        @Override
        public long softBytes() {
            return bytes;
        }
    }

    /** What all the factories say of themselves. */
    public static class Described {
        private final String type;

        Described(String type) {
            this.type = type;
        }

        public ComponentType type() {
            return ComponentType.of(type);
        }

        public String summary() {
            return "test";
        }

        public LabConfig defaultConfig() {
            return LabConfig.DEFAULT;
        }

        public Map<Signal, Stability> signals() {
            return LabFactories.signals(type);
        }

        public Placement placement() {
            return LabFactories.placement(type);
        }

        public Stability stability() {
            return Stability.STABLE;
        }
    }

    private final class Receivers extends Described implements ReceiverFactory<LabConfig> {
        Receivers(String type) {
            super(type);
        }

        @Override
        public Receiver create(LabConfig config, Outputs outputs, ComponentContext context) {
            return lab.new Source(outputs, context);
        }
    }

    private final class Processors extends Described implements ProcessorFactory<LabConfig> {
        private final String name;

        Processors(String type) {
            super(type);
            name = type;
        }

        @Override
        public boolean gathers() {
            return name.endsWith("g");
        }

        @Override
        public Processor create(LabConfig config, TelemetryConsumer next, ComponentContext context) {
            return lab.new Stage(next, context);
        }
    }

    private final class Limiters implements ProcessorFactory<LimitConfig> {
        @Override
        public ComponentType type() {
            return ComponentType.of("lim");
        }

        @Override
        public String summary() {
            return "test";
        }

        @Override
        public LimitConfig defaultConfig() {
            return LimitConfig.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return LabFactories.signals("lim");
        }

        @Override
        public Processor create(LimitConfig config, TelemetryConsumer next, ComponentContext context) {
            return lab.new Stage(next, context);
        }
    }

    private final class Exporters extends Described implements ExporterFactory<LabConfig> {
        Exporters(String type) {
            super(type);
        }

        @Override
        public @Nullable String refusal(LabConfig config, Signal signal) {
            return config.id().equals("ex/half") && signal == Signal.LOGS ? "no room for logs" : null;
        }

        @Override
        public Delivery delivery(LabConfig config) {
            return lab.delivery(config.id());
        }

        @Override
        public Exporter create(LabConfig config, ComponentContext context) {
            return lab.new Sink(context);
        }
    }

    private final class Connectors extends Described implements ConnectorFactory<LabConfig> {
        private final boolean toMetrics;

        Connectors(String type) {
            super(type);
            toMetrics = type.startsWith("cxm");
        }

        @Override
        public Map<Signal, Stability> signals() {
            return ConnectorFactory.super.signals();
        }

        @Override
        public Map<Route, Stability> routes() {
            return toMetrics
                    ? Map.of(new Route(Signal.TRACES, Signal.METRICS), Stability.STABLE)
                    : Map.of(
                            new Route(Signal.TRACES, Signal.TRACES), Stability.STABLE,
                            new Route(Signal.METRICS, Signal.METRICS), Stability.STABLE,
                            new Route(Signal.LOGS, Signal.LOGS), Stability.STABLE);
        }

        @Override
        public Connector create(LabConfig config, Outputs outputs, ComponentContext context) {
            return lab.new Link(outputs, context);
        }
    }

    private final class Extensions extends Described implements ExtensionFactory<LabConfig> {
        Extensions(String type) {
            super(type);
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of();
        }

        @Override
        public Extension create(LabConfig config, ComponentContext context) {
            return lab.new Aid(context);
        }
    }
}
