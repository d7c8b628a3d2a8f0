package dev.sluice.testkit;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Secret;
import dev.sluice.api.config.Squash;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads and rebuilds configuration records by reflection, in the words of a configuration file. */
final class ConfigRecords {
    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            boolean.class,
            int.class,
            long.class,
            float.class,
            double.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Duration.class,
            Secret.class,
            ComponentId.class);

    private ConfigRecords() {}

    /** The record type and all that it can hold, each once. */
    static Set<Class<?>> reachable(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(type, found);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof Class<?> raw
                && raw.isRecord()
                && Config.class.isAssignableFrom(raw)
                && found.add(raw)) {
            for (RecordComponent component : raw.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }

    /** Whether {@link Config} allows a component of the type. */
    static boolean allowed(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return allowed(arguments[0]);
            }
            return generic.getRawType() == Map.class && arguments[0] == String.class && allowed(arguments[1]);
        }
        return type instanceof Class<?> raw
                && (SCALARS.contains(raw) || raw.isEnum() || (raw.isRecord() && Config.class.isAssignableFrom(raw)));
    }

    /** The field {@code DEFAULT} of a record type, or null if there is none as it must be. */
    static @Nullable Object defaultOf(Class<?> type) {
        try {
            Field field = type.getDeclaredField("DEFAULT");
            int modifiers = field.getModifiers();
            if (field.getType() != type || !Modifier.isStatic(modifiers) || !Modifier.isFinal(modifiers)) {
                return null;
            }
            field.setAccessible(true);
            return field.get(null);
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new LinkageError(type.getName(), e);
        }
    }

    static String key(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key != null
                ? key.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static boolean nullable(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    static @Nullable Object value(Object config, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    /** The same record with the value at a path such as {@code protocols::http} set. Throws {@link IllegalArgumentException} if there is no such key. */
    static Object with(Object config, String path, @Nullable Object value) {
        int end = path.indexOf("::");
        String key = end < 0 ? path : path.substring(0, end);
        boolean[] found = {false};
        Object copy = copy(config, (component, old) -> {
            if (component.isAnnotationPresent(Squash.class) && old != null && has(component.getType(), key)) {
                found[0] = true;
                return with(old, path, value);
            }
            if (!key(component).equals(key)) {
                return old;
            }
            found[0] = true;
            if (end < 0) {
                return value;
            }
            Object nested = component.getType().isRecord() && old == null ? defaultOf(component.getType()) : old;
            if (!(nested instanceof Record)) {
                throw new IllegalArgumentException(component + " holds no block");
            }
            return with(nested, path.substring(end + 2), value);
        });
        if (!found[0]) {
            throw new IllegalArgumentException(config.getClass().getName() + " has no key " + key);
        }
        return copy;
    }

    private static boolean has(Class<?> type, String key) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.isAnnotationPresent(Squash.class)
                        ? has(component.getType(), key)
                        : key(component).equals(key));
    }

    /** The same record with {@code DEFAULT} in the optional block at a path. */
    static Object present(Object config, String path) {
        Class<?> type = config.getClass();
        for (String key : path.split("::", -1)) {
            Class<?> owner = type;
            type = Arrays.stream(owner.getRecordComponents())
                    .filter(component -> key(component).equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(owner.getName() + " has no key " + key))
                    .getType();
        }
        Object block = defaultOf(type);
        if (block == null) {
            throw new IllegalArgumentException(path + " is no block");
        }
        return with(config, path, block);
    }

    /** The same record with what {@code change} makes of each component; nested records it is asked for after their own components. */
    static Object copy(Object config, BiFunction<RecordComponent, @Nullable Object, @Nullable Object> change) {
        RecordComponent[] components = config.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = change.apply(components[i], value(config, components[i]));
        }
        try {
            Constructor<?> constructor = config.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(config.getClass().getName() + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(config.getClass().getName(), e);
        }
    }

    /** All that the record and those within it say is wrong, as {@code path: message}. */
    static void problems(Object config, String path, List<String> into) {
        if (config instanceof Config validated) {
            validated.validate(new dev.sluice.api.config.Problems() {
                @Override
                public void add(String message) {
                    into.add(path.isEmpty() ? message : path + ": " + message);
                }

                @Override
                public void at(String key, String message) {
                    into.add((path.isEmpty() ? key : path + "::" + key) + ": " + message);
                }
            });
        }
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            Object value = value(config, component);
            if (value instanceof Record && value instanceof Config) {
                boolean beside = component.isAnnotationPresent(Squash.class);
                problems(value, beside ? path : path.isEmpty() ? key(component) : path + "::" + key(component), into);
            }
        }
    }
}
