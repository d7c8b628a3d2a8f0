package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Otherwise;
import dev.sluice.api.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code service::telemetry::traces}. */
public record TracesConfig(
        @Doc("Whether spans are made: `none` or `basic`.") Level level,

        @Doc("How a trace is told to the next process: `tracecontext`, `b3`.")
        List<Propagator> propagators,

        @Doc("Where spans are sent to.") List<ProcessorConfig> processors,

        @Doc("Which spans are kept; all by default.") @Nullable
        Sampler sampler,

        @Doc("Bounds of what a span holds.") Limits limits)
        implements Config {
    public static final TracesConfig DEFAULT =
            new TracesConfig(Level.BASIC, List.of(), List.of(), null, Limits.DEFAULT);

    @Override
    public void validate(Problems problems) {
        for (int i = 0; i < processors.size(); i++) {
            processors.get(i).validateAs("span", "processors::" + i, problems);
        }
    }

    /** Whether spans are made. */
    @Otherwise("unknown metrics level \"%s\"")
    public enum Level {
        NONE,
        BASIC,
        NORMAL,
        DETAILED
    }

    /** How a trace is told to the next process. */
    public enum Propagator {
        @Key("tracecontext")
        TRACECONTEXT,
        B3
    }

    /** The block {@code sampler}: at most one. */
    public record Sampler(
            @Doc("Keep everything.") @Nullable None alwaysOn,
            @Doc("Keep nothing.") @Nullable None alwaysOff,
            @Doc("Keep a share of the traces.") @Nullable Ratio traceIdRatioBased,
            @Doc("Do as the parent does.") @Nullable ParentBased parentBased)
            implements Config {
        public static final Sampler DEFAULT = new Sampler(null, null, null, null);
    }

    /** A choice without options. */
    public record None() implements Config {
        public static final None DEFAULT = new None();
    }

    /** The block {@code trace_id_ratio_based}. */
    public record Ratio(@Doc("The share, 0 to 1.") double ratio) implements Config {
        public static final Ratio DEFAULT = new Ratio(1);

        @Override
        public void validate(Problems problems) {
            if (!(ratio >= 0 && ratio <= 1)) {
                problems.at("ratio", "'ratio' must be within [0, 1]");
            }
        }
    }

    /** The block {@code parent_based}. */
    public record ParentBased(
            @Doc("For spans without a parent.") @Nullable RootSampler root) implements Config {
        public static final ParentBased DEFAULT = new ParentBased(null);
    }

    /** The block {@code root}: at most one. */
    public record RootSampler(
            @Doc("Keep everything.") @Nullable None alwaysOn,
            @Doc("Keep nothing.") @Nullable None alwaysOff,
            @Doc("Keep a share of the traces.") @Nullable Ratio traceIdRatioBased)
            implements Config {
        public static final RootSampler DEFAULT = new RootSampler(null, null, null);
    }

    /** The block {@code limits}. */
    public record Limits(
            @Doc("The most attributes of a span.") int attributeCountLimit,
            @Doc("The most events of a span.") int eventCountLimit,
            @Doc("The most links of a span.") int linkCountLimit)
            implements Config {
        public static final Limits DEFAULT = new Limits(128, 128, 128);
    }
}
