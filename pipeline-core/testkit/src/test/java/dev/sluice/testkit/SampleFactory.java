package dev.sluice.testkit;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.Timer;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A processor with one fault at a time, or none. */
final class SampleFactory implements ProcessorFactory<SampleFactory.SampleConfig> {
    enum Fault {
        NONE,
        BAD_NAME,
        LEAVES_A_TIMER,
        FAILS_TO_STOP_TWICE,
        SWALLOWS_REFUSALS,
        OTHER_DEFAULTS
    }

    private final Fault fault;

    SampleFactory(Fault fault) {
        this.fault = fault;
    }

    record SampleConfig(
            @Doc("Where to listen.") String endpoint,
            @Doc("How often.") Duration interval,
            @Doc("An optional block.") @Nullable Block block)
            implements Config {
        static final SampleConfig NOT_DEFAULT = new SampleConfig("localhost:1", Duration.ofSeconds(1), null);
        public static final SampleConfig DEFAULT = new SampleConfig("localhost:4317", Duration.ofSeconds(1), null);
    }

    /** A configuration whose default is not complete. */
    record IncompleteConfig(@Doc("Where to send.") String destination) implements Config {
        public static final IncompleteConfig DEFAULT = new IncompleteConfig("");

        @Override
        public void validate(Problems problems) {
            if (destination.isEmpty()) {
                problems.at("destination", "must be set");
            }
        }
    }

    /** The keys of a block beside its own. */
    record SquashedConfig(
            @Squash @Doc("A block.") Block block,
            @Doc("A number.") int number) implements Config {
        public static final SquashedConfig DEFAULT = new SquashedConfig(Block.DEFAULT, 1);
    }

    /** Needs a destination. */
    static final class IncompleteFactory implements ProcessorFactory<IncompleteConfig> {
        @Override
        public ComponentType type() {
            return ComponentType.of("incomplete");
        }

        @Override
        public String summary() {
            return "Cannot work without a destination.";
        }

        @Override
        public IncompleteConfig defaultConfig() {
            return IncompleteConfig.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of(Signal.LOGS, Stability.ALPHA);
        }

        @Override
        public Processor create(IncompleteConfig config, TelemetryConsumer next, ComponentContext context) {
            return next::consume;
        }
    }

    record Block(
            @Doc("A name.") String someName, @Doc("Names.") List<String> names) implements Config {
        public static final Block DEFAULT = new Block("a", List.of());

        @Override
        public void validate(Problems problems) {
            if (someName.equals("wrong")) {
                problems.add("the name is wrong");
            }
        }
    }

    record UndocumentedConfig(
            String bare,
            @Doc(" ") int blank,
            @Doc("A type that is none.") URI address) implements Config {
        public static final UndocumentedConfig DEFAULT = new UndocumentedConfig(null, 1, URI.create("x:y"));
    }

    /** Its configuration breaks every rule for options. */
    static final class Undocumented implements ProcessorFactory<UndocumentedConfig> {
        @Override
        public ComponentType type() {
            return ComponentType.of("undocumented");
        }

        @Override
        public String summary() {
            return "Has options that nobody explains.";
        }

        @Override
        public UndocumentedConfig defaultConfig() {
            return UndocumentedConfig.DEFAULT;
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of(Signal.LOGS, Stability.ALPHA);
        }

        @Override
        public Processor create(UndocumentedConfig config, TelemetryConsumer next, ComponentContext context) {
            return next::consume;
        }
    }

    @Override
    public ComponentType type() {
        return ComponentType.of(fault == Fault.BAD_NAME ? "SampleName" : "sample", "sampling");
    }

    @Override
    public String summary() {
        return "Passes everything on.";
    }

    @Override
    public SampleConfig defaultConfig() {
        return switch (fault) {
            case OTHER_DEFAULTS -> SampleConfig.NOT_DEFAULT;
            default -> SampleConfig.DEFAULT;
        };
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.BETA, Signal.METRICS, Stability.BETA, Signal.LOGS, Stability.BETA);
    }

    @Override
    public Processor create(SampleConfig config, TelemetryConsumer next, ComponentContext context) {
        return new Sample(fault, config, next, context);
    }

    private static final class Sample implements Processor {
        private final Fault fault;
        private final SampleConfig config;
        private final TelemetryConsumer next;
        private final ComponentContext context;
        private @Nullable Timer timer;
        private boolean stopped;

        private Sample(Fault fault, SampleConfig config, TelemetryConsumer next, ComponentContext context) {
            this.fault = fault;
            this.config = config;
            this.next = next;
            this.context = context;
        }

        @Override
        public Future<?> start() {
            if (!config.endpoint().equals("127.0.0.1:0")) {
                return Future.failedFuture("listens on " + config.endpoint());
            }
            timer = context.every(config.interval(), () -> {});
            return Future.succeededFuture();
        }

        @Override
        public Future<?> stop() {
            if (stopped && fault == Fault.FAILS_TO_STOP_TWICE) {
                return Future.failedFuture("stopped before");
            }
            stopped = true;
            if (timer != null && fault != Fault.LEAVES_A_TIMER) {
                timer.cancel();
            }
            return Future.succeededFuture();
        }

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            Future<Outcome> answer = next.consume(batch);
            return fault == Fault.SWALLOWS_REFUSALS ? answer.map(Outcome.ACCEPTED) : answer;
        }
    }
}
