package dev.sluice.cli.command;

import dev.sluice.engine.config.LoadedConfig;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what concerns rules in configurations of components, of which commands know no more than that they are records. */
final class RuleConfigs {
    private RuleConfigs() {}

    /** The parts of that class of the configurations of processors and connectors. */
    static <T extends Record> Stream<T> of(Class<T> type, LoadedConfig config) {
        return Stream.of(config.processors(), config.connectors())
                .flatMap(components -> components.values().stream())
                .flatMap(component -> find(type, component.config()).stream());
    }

    /** The part of that class of a component's configuration; empty if it has none. */
    private static <T extends Record> Optional<T> find(Class<T> type, Record config) {
        if (type.isInstance(config)) {
            return Optional.of(type.cast(config));
        }
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            if (component.getType().isRecord() && value(config, component) instanceof Record inner) {
                Optional<T> found = find(type, inner);
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
