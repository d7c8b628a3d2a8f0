package dev.sluice.engine.config;

import dev.sluice.api.config.BesideFile;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Rest;
import dev.sluice.api.config.Squash;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a configuration record looks like in YAML: its options in order. */
record RecordShape(Class<? extends Record> type, List<Option> options) {
    static RecordShape of(Class<? extends Record> type) {
        List<Option> options = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            AnnotatedType annotated = component.getAnnotatedType();
            options.add(new Option(
                    key != null ? key.value() : snakeCase(component.getName()),
                    annotated,
                    annotated.isAnnotationPresent(Nullable.class),
                    component.isAnnotationPresent(Squash.class),
                    component.isAnnotationPresent(Rest.class),
                    component.isAnnotationPresent(BesideFile.class),
                    component.getAnnotation(Doc.class),
                    accessor));
        }
        return new RecordShape(type, List.copyOf(options));
    }

    /** Whether a type is a configuration record. */
    static boolean isConfig(Class<?> type) {
        return type.isRecord() && Config.class.isAssignableFrom(type);
    }

    /** The instance that holds the defaults of a configuration record. */
    static Record defaultOf(Class<? extends Record> type) {
        try {
            var field = type.getDeclaredField("DEFAULT");
            field.setAccessible(true);
            return type.cast(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " has no static field DEFAULT", e);
        }
    }

    /** Every key, those of squashed records included; not those that a {@link Rest} takes. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Option option : options) {
            if (option.squash()) {
                keys.addAll(RecordShape.of(option.record()).keys());
            } else if (!option.rest()) {
                keys.add(option.key());
            }
        }
        return keys;
    }

    /** The option of a key, not looking into squashed records. */
    @Nullable
    Option option(String key) {
        for (Option option : options) {
            if (!option.squash() && !option.rest() && option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** Whether a {@link Rest} takes every key that is none of the others, so that none is unknown. */
    boolean hasRest() {
        return options.stream()
                .anyMatch(option -> option.rest()
                        || (option.squash() && RecordShape.of(option.record()).hasRest()));
    }

    /**
     * Whether the record itself says {@code enabled}. Where it does not, an optional block of it may still be switched off that way.
     */
    boolean ownsEnabled() {
        return keys().contains("enabled");
    }

    Record create(List<@Nullable Object> values) {
        try {
            Class<?>[] types = new Class<?>[options.size()];
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot create a " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create a " + type.getName(), e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /**
     * One component of the record.
     *
     * @param rest whether it is a map of the keys that no other option has
     * @param besideFile whether it is a path, or a list of paths, that start from the file they are written in
     * @param doc null where the record fails its contract
     */
    record Option(
            String key,
            AnnotatedType type,
            boolean nullable,
            boolean squash,
            boolean rest,
            boolean besideFile,
            @Nullable Doc doc,
            Method accessor) {
        @Nullable
        Object of(Record config) {
            try {
                return accessor.invoke(config);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }

        /** The class of a nested configuration record. */
        Class<? extends Record> record() {
            return accessor.getReturnType().asSubclass(Record.class);
        }
    }
}
