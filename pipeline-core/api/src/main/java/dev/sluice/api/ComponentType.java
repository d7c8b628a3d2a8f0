package dev.sluice.api;

import java.util.List;

/**
 * The name a component goes by in a configuration.
 *
 * @param name the canonical name, {@code lower_snake_case}
 * @param aliases deprecated names that still work and are warned of
 */
public record ComponentType(String name, List<String> aliases) {
    public ComponentType {
        aliases = List.copyOf(aliases);
    }

    public static ComponentType of(String name, String... aliases) {
        return new ComponentType(name, List.of(aliases));
    }
}
