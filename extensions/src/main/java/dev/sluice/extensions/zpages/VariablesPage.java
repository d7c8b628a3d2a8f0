package dev.sluice.extensions.zpages;

import dev.sluice.api.ServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * Variables of the process, in the shape of Go's package {@code expvar}. Of {@code memstats} there is what a JVM has too. The arguments of the
 * command are left out: they may hold secrets.
 */
record VariablesPage(ServiceInfo service) implements Page {
    @Override
    public String path() {
        return "/debug/expvarz";
    }

    @Override
    public String title() {
        return "Variables";
    }

    @Override
    public boolean onlyJson() {
        return true;
    }

    @Override
    public JsonObject json() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        return new JsonObject()
                .put("cmdline", new JsonArray().add(service.command()))
                .put(
                        "memstats",
                        new JsonObject()
                                .put("Alloc", heap.getUsed())
                                .put("Sys", heap.getCommitted() + other.getCommitted())
                                .put("HeapAlloc", heap.getUsed())
                                .put("HeapSys", heap.getCommitted())
                                .put("NumGC", collections)
                                .put("PauseTotalNs", millis * 1_000_000));
    }

    @Override
    public void show(Html html) {
        html.element("pre", json().encodePrettily());
    }
}
