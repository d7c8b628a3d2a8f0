package dev.sluice.engine.telemetry;

import java.util.UUID;

/**
 * Who the process says it is.
 *
 * @param name the command, for {@code service.name}
 * @param version for {@code service.version}
 * @param instance for {@code service.instance.id}
 */
public record Identity(String name, String version, String instance) {
    /** With an instance id that no other process has. */
    public static Identity of(String name, String version) {
        return new Identity(name, version, UUID.randomUUID().toString());
    }
}
