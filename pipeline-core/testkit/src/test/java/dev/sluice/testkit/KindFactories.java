package dev.sluice.testkit;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One sound component of each kind but processors, and how often it was made. */
final class KindFactories {
    private static final Map<Signal, Stability> LOGS = Map.of(Signal.LOGS, Stability.STABLE);

    private KindFactories() {}

    record Numbered(ComponentFactory<?> factory, LongAdder created) {}

    record KindConfig() implements Config {
        public static final KindConfig DEFAULT = new KindConfig();
    }

    static List<Numbered> all() {
        LongAdder receivers = new LongAdder();
        LongAdder exporters = new LongAdder();
        LongAdder connectors = new LongAdder();
        LongAdder extensions = new LongAdder();
        return List.of(
                new Numbered(new AReceiverFactory(receivers), receivers),
                new Numbered(new AnExporterFactory(exporters), exporters),
                new Numbered(new AConnectorFactory(connectors), connectors),
                new Numbered(new AnExtensionFactory(extensions), extensions));
    }

    private record Passing(Outputs outputs) implements Connector {
        @Override
        public Future<Outcome> consume(Telemetry batch) {
            return outputs.to(batch.signal()).consume(batch);
        }
    }

    private static final class AReceiverFactory implements ReceiverFactory<KindConfig> {
        private final LongAdder created;

        private AReceiverFactory(LongAdder created) {
            this.created = created;
        }

        @Override
        public ComponentType type() {
            return ComponentType.of("kind");
        }

        @Override
        public String summary() {
            return "Takes nothing in.";
        }

        @Override
        public KindConfig defaultConfig() {
            return KindConfig.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return LOGS;
        }

        @Override
        public Receiver create(KindConfig config, Outputs outputs, ComponentContext context) {
            created.add(outputs.pipelines().size() / outputs.signals().size());
            return new Receiver() {};
        }
    }

    private static final class AnExporterFactory implements ExporterFactory<KindConfig> {
        private final LongAdder created;

        private AnExporterFactory(LongAdder created) {
            this.created = created;
        }

        @Override
        public ComponentType type() {
            return ComponentType.of("kind");
        }

        @Override
        public String summary() {
            return "Takes everything.";
        }

        @Override
        public KindConfig defaultConfig() {
            return KindConfig.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return LOGS;
        }

        @Override
        public Exporter create(KindConfig config, ComponentContext context) {
            created.increment();
            return _ -> Outcome.accepted();
        }
    }

    private static final class AConnectorFactory implements ConnectorFactory<KindConfig> {
        private final LongAdder created;

        private AConnectorFactory(LongAdder created) {
            this.created = created;
        }

        @Override
        public ComponentType type() {
            return ComponentType.of("kind");
        }

        @Override
        public String summary() {
            return "Passes everything on.";
        }

        @Override
        public KindConfig defaultConfig() {
            return KindConfig.DEFAULT;
        }

        @Override
        public Map<Route, Stability> routes() {
            return Map.of(new Route(Signal.LOGS, Signal.LOGS), Stability.BETA);
        }

        @Override
        public Connector create(KindConfig config, Outputs outputs, ComponentContext context) {
            created.increment();
            return new Passing(outputs);
        }
    }

    private static final class AnExtensionFactory implements ExtensionFactory<KindConfig> {
        private final LongAdder created;

        private AnExtensionFactory(LongAdder created) {
            this.created = created;
        }

        @Override
        public ComponentType type() {
            return ComponentType.of("kind");
        }

        @Override
        public String summary() {
            return "Stands beside.";
        }

        @Override
        public KindConfig defaultConfig() {
            return KindConfig.DEFAULT;
        }

        @Override
        public Stability stability() {
            return Stability.BETA;
        }

        @Override
        public Extension create(KindConfig config, ComponentContext context) {
            created.increment();
            return new Extension() {};
        }
    }
}
