package dev.sluice.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Feature gates and whether each is on. Immutable. */
public final class FeatureGates {
    /** The gates there are, as they are without {@code --feature-gates}. */
    public static final FeatureGates DEFAULT = new FeatureGates(Map.of(), List.of());

    private final Map<String, Boolean> states = new TreeMap<>();
    private final List<String> warnings;

    private FeatureGates(Map<String, Boolean> changes, List<String> warnings) {
        for (Gate gate : Gate.values()) {
            states.put(gate.id, changes.getOrDefault(gate.id, gate.stage != Stage.ALPHA));
        }
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the value of {@code --feature-gates}: {@code a,-b,+c}.
     *
     * @throws IllegalArgumentException for an id that is not a gate, with the list of those that are, and for switching off a stable one
     */
    public static FeatureGates parse(String text) {
        Map<String, Boolean> changes = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String id = item.strip();
            if (id.isEmpty()) {
                continue;
            }
            boolean on = id.charAt(0) != '-';
            id = id.charAt(0) == '-' || id.charAt(0) == '+' ? id.substring(1) : id;
            Gate gate = Gate.find(id);
            if (gate == null) {
                wrong.add("no such feature gate \"" + id + "\". valid gates: ["
                        + DEFAULT.states.keySet().stream().collect(Collectors.joining(" ")) + "]");
            } else if (gate.stage == Stage.STABLE && !on) {
                wrong.add("feature gate \"" + id + "\" is stable, can not be disabled");
            } else {
                if (gate.stage == Stage.STABLE) {
                    warnings.add("Feature gate \"" + id
                            + "\" is stable and already enabled. It will be removed in a later version.");
                }
                changes.put(id, on);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return new FeatureGates(changes, warnings);
    }

    public boolean on(Gate gate) {
        return states.getOrDefault(gate.id, false);
    }

    /** Every gate by id, sorted. */
    public Map<String, Boolean> states() {
        return new LinkedHashMap<>(states);
    }

    /** What to tell the user about the gates set. */
    public List<String> warnings() {
        return warnings;
    }

    /** How settled a gate is: an alpha gate is off unless asked for, a beta gate on, a stable gate on for good. */
    public enum Stage {
        ALPHA,
        BETA,
        STABLE
    }

    /** The gates, with the Collector's ids. */
    public enum Gate {
        PROTO_POOLING(
                "pdata.useProtoPooling", Stage.ALPHA, "Accepted, without effect: Sluice does not decode to objects."),
        MERGE_APPEND(
                "confmap.enableMergeAppendOption", Stage.ALPHA, "Later configurations add to lists of components."),
        RECEIVER_METRICS(
                "receiverhelper.newReceiverMetrics",
                Stage.ALPHA,
                "Accepted, without effect: receivers always tell failed from refused."),
        ALLOW_NO_PIPELINES("service.AllowNoPipelines", Stage.ALPHA, "A service without pipelines may run."),
        PARTIAL_RELOAD(
                "service.partialReload", Stage.ALPHA, "Accepted, without effect: a reload restarts all pipelines."),
        PARTIAL_RELOAD_RECEIVERS(
                "service.partialReloadReceivers",
                Stage.BETA,
                "Accepted, without effect: a reload restarts all pipelines."),
        PROFILES("service.profilesSupport", Stage.ALPHA, "Accepted; pipelines of profiles are refused all the same."),
        PIPELINE_TELEMETRY("telemetry.newPipelineTelemetry", Stage.ALPHA, "Accepted, without effect."),
        QUEUE_BATCH(
                "pkg.exporterhelper.queueBatchEnabled",
                Stage.ALPHA,
                "Accepted, without effect: queues can always batch."),
        PRINT_INITIAL_CONFIG(
                "otelcol.printInitialConfig", Stage.ALPHA, "Accepted, without effect: print-config always works."),
        NATIVE_FILE_COMPRESSION(
                "exporter.file.nativeCompression",
                Stage.ALPHA,
                "The file exporter compresses files as a whole, not each request."),
        COMPONENT_STATUS(
                "extension.healthcheck.useComponentStatus",
                Stage.ALPHA,
                "The health_check extension answers in its second version's form, also without the http block."),
        FILTER_IGNORES(
                "processor.filter.defaultErrorModeIgnore",
                Stage.STABLE,
                "Accepted, without effect: there is no filter processor yet."),
        TRANSFORM_IGNORES(
                "processor.transform.defaultErrorModeIgnore",
                Stage.STABLE,
                "Accepted, without effect: there is no transform processor yet.");

        private final String id;
        private final Stage stage;
        private final String summary;

        Gate(String id, Stage stage, String summary) {
            this.id = id;
            this.stage = stage;
            this.summary = summary;
        }

        static @Nullable Gate find(String id) {
            for (Gate gate : values()) {
                if (gate.id.equals(id)) {
                    return gate;
                }
            }
            return null;
        }

        public String id() {
            return id;
        }

        public Stage stage() {
            return stage;
        }

        public String summary() {
            return summary;
        }
    }
}
