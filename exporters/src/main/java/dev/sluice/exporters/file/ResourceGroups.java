package dev.sluice.exporters.file;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.view.AnyValueView.Kind;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ResourceView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** Divides a request by the text that an attribute of the resource holds. Nothing is copied. For one thread at a time. */
final class ResourceGroups {
    /** The field of the ResourceSpans, ResourceMetrics and ResourceLogs in their requests. */
    private static final int RESOURCES = 1;

    private final String attribute;
    private final byte[] key;
    private final Logger log;
    private final WireReader reader = new WireReader();
    private final ResourceView resource = new ResourceView();

    ResourceGroups(String attribute, Logger log) {
        this.attribute = attribute;
        this.key = attribute.getBytes(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * Requests by group; resources without the attribute, or where it is no text, are in none. Throws
     * {@link dev.sluice.otlp.MalformedOtlpException} on broken bytes.
     */
    Map<String, Bytes> of(Bytes request) {
        Map<String, List<Bytes>> parts = new LinkedHashMap<>();
        for (int i = 0; i < request.sliceCount(); i++) {
            byte[] array = request.sliceArray(i);
            reader.reset(array, request.sliceOffset(i), request.sliceLength(i));
            while (reader.next()) {
                if (reader.field() == RESOURCES && reader.isRange()) {
                    resource.reset(array, reader.start(), reader.fieldEnd());
                    AttributesView attributes = resource.attributes();
                    if (attributes.find(key) && attributes.value().kind() == Kind.STRING) {
                        parts.computeIfAbsent(attributes.value().string(), _ -> new ArrayList<>())
                                .add(Bytes.of(array, reader.fieldStart(), reader.fieldEnd() - reader.fieldStart()));
                    } else {
                        log.debug("Resource does not contain {} attribute, dropping it", attribute);
                    }
                }
            }
        }
        Map<String, Bytes> requests = new LinkedHashMap<>();
        parts.forEach((group, resources) -> requests.put(group, Bytes.concat(resources)));
        return requests;
    }
}
