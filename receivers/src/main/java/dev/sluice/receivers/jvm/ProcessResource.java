package dev.sluice.receivers.jvm;

import dev.sluice.api.ServiceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The resource attributes of this process. {@code telemetry.sdk} is not among them, for no SDK makes these metrics. */
final class ProcessResource {
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    private ProcessResource() {}

    /** Reads a file of the kernel, so not on an event loop. */
    static Map<String, Object> of(ServiceInfo service) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("service.name", service.command());
        resource.put("service.version", service.version());
        resource.put("process.pid", ProcessHandle.current().pid());
        resource.put("process.runtime.name", System.getProperty("java.runtime.name", ""));
        resource.put("process.runtime.version", System.getProperty("java.runtime.version", ""));
        resource.put(
                "process.runtime.description",
                System.getProperty("java.vm.vendor", "") + " " + System.getProperty("java.vm.name", "") + " "
                        + System.getProperty("java.vm.version", ""));
        String host = host(HOSTNAME);
        if (!host.isEmpty()) {
            resource.put("host.name", host);
        }
        return resource;
    }

    /** The name that the kernel knows, without asking a name server; else what a shell or container says, else nothing. */
    static String host(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            String named = System.getenv("HOSTNAME");
            return named == null ? "" : named;
        }
    }
}
