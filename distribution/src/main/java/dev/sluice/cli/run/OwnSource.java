package dev.sluice.cli.run;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Outputs;
import dev.sluice.api.Placement;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The receiver at the head of the pipelines that own telemetry leaves by: it only keeps their entrance. One use, one loop. */
final class OwnSource implements ReceiverFactory<OwnSource.Block> {
    static final String TYPE = "own_telemetry";

    private @Nullable Outputs outputs;

    /** Where the pipelines begin, once they are built. */
    Outputs outputs() {
        Outputs built = outputs;
        if (built == null) {
            throw new IllegalStateException("the pipelines are not built");
        }
        return built;
    }

    @Override
    public ComponentType type() {
        return ComponentType.of(TYPE);
    }

    @Override
    public String summary() {
        return "What Sluice tells about itself.";
    }

    @Override
    public Block defaultConfig() {
        return Block.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.STABLE, Signal.METRICS, Stability.STABLE, Signal.LOGS, Stability.STABLE);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Receiver create(Block config, Outputs to, ComponentContext context) {
        outputs = to;
        return new Receiver() {};
    }

    /** No options. */
    record Block() implements Config {
        static final Block DEFAULT = new Block();
    }
}
