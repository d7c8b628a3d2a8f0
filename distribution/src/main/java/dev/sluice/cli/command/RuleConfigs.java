package dev.sluice.cli.command;

import dev.sluice.slo.series.SeriesConfig;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** Finds what concerns rules in configurations of components, of which commands know no more than that they are records. */
final class RuleConfigs {
    private RuleConfigs() {}

    /** What a component's rules see of telemetry; empty if it has none. */
    static Optional<SeriesConfig> series(Record config) {
        if (config instanceof SeriesConfig found) {
            return Optional.of(found);
        }
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            if (component.getType().isRecord() && value(config, component) instanceof Record inner) {
                Optional<SeriesConfig> found = series(inner);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Object value(Record config, RecordComponent component) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
