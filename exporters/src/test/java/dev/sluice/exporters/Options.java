package dev.sluice.exporters;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations that differ from others in a few components. */
public final class Options {
    private Options() {}

    /** The record with some components set: name and value in turn. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R of(R record, @Nullable Object... options) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        try {
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
                values.put(component.getName(), component.getAccessor().invoke(record));
            }
            for (int i = 0; i < options.length; i += 2) {
                String name = String.valueOf(options[i]);
                if (!values.containsKey(name)) {
                    throw new IllegalArgumentException("no option " + name);
                }
                values.put(name, options[i + 1]);
            }
            Constructor<?> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return (R) constructor.newInstance(values.values().toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
