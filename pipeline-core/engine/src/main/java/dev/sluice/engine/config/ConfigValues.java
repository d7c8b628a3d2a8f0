package dev.sluice.engine.config;

import dev.sluice.api.config.Secret;
import dev.sluice.engine.config.RecordShape.Option;
import dev.sluice.gotext.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Configuration records as maps, lists, texts, numbers and booleans, the way a user would write them. */
final class ConfigValues {
    private final boolean reveal;

    /**
     * @param reveal whether secrets are given as they are
     */
    ConfigValues(boolean reveal) {
        this.reveal = reveal;
    }

    @Nullable
    Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Secret secret -> reveal || secret.reveal().isEmpty() ? secret.reveal() : Secret.REDACTED;
            case Duration duration -> GoDuration.format(duration);
            case Enum<?> constant -> ScalarBinder.word(constant);
            case Record record
            when RecordShape.isConfig(record.getClass()) -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                put(record, map);
                yield map;
            }
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Map<?, ?> given -> sorted(given);
            case Number number -> number;
            case Boolean bool -> bool;
            default -> value.toString();
        };
    }

    /** By key, as the Collector prints maps: in records they have no order. */
    private Map<String, @Nullable Object> sorted(Map<?, ?> given) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        given.forEach((key, item) -> map.put(String.valueOf(key), plain(item)));
        return map;
    }

    private void put(Record record, Map<String, @Nullable Object> into) {
        for (Option option : RecordShape.of(record.getClass()).options()) {
            Object value = option.of(record);
            if (option.squash() && value instanceof Record nested) {
                put(nested, into);
            } else if (option.rest() && value instanceof Map<?, ?> rest) {
                into.putAll(sorted(rest));
            } else if (value != null) {
                // An absent block must not be written as null, which would bring it in.
                into.put(option.key(), plain(value));
            }
        }
    }
}
