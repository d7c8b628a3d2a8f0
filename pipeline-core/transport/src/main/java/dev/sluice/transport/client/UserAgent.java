package dev.sluice.transport.client;

import dev.sluice.api.ServiceInfo;
import java.util.Locale;

/** How Sluice names itself to servers. */
public final class UserAgent {
    private UserAgent() {}

    /** {@code Sluice/<version> (linux/amd64)}: system and architecture by the names that Go, and so the Collector, has for them. */
    public static String of(ServiceInfo service) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        String os = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system;
        String cpu = arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch;
        return "Sluice/" + service.version() + " (" + os + "/" + cpu + ")";
    }
}
