package dev.sluice.engine.config;

import dev.sluice.gotext.GoNetError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a configuration from a web server. Redirects are not followed and link-local hosts not asked, so that a URL in a configuration cannot
 * reach a cloud's metadata service.
 */
final class HttpProvider implements ConfigProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final String scheme;

    HttpProvider(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String retrieve(String opaque) throws ProviderException {
        String uri = scheme + ":" + opaque;
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(checked(uri)).timeout(TIMEOUT).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new ProviderException(
                            "failed to load resource from uri \"" + uri + "\". status code: " + response.statusCode());
                }
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new ProviderException("resource \"" + uri + "\" is larger than " + MAX_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw unreachable(uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted while reading \"" + uri + "\"");
        }
    }

    private static URI checked(String text) throws ProviderException {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ProviderException("invalid uri \"" + text + "\"");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new ProviderException("invalid uri \"" + text + "\"");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLinkLocalAddress()) {
                    throw new ProviderException("host of uri \"" + text + "\" is link-local, which is not allowed");
                }
            }
        } catch (UnknownHostException e) {
            throw unreachable(text, e);
        }
        return uri;
    }

    private static ProviderException unreachable(String uri, IOException why) {
        return new ProviderException(
                "unable to download the file via HTTP GET for uri \"" + uri + "\": " + GoNetError.reason(why));
    }
}
