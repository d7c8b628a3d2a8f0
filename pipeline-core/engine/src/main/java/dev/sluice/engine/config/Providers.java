package dev.sluice.engine.config;

import dev.sluice.engine.config.ConfigProvider.ProviderException;
import dev.sluice.gotext.GoFileError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The providers of the core Collector: {@code env}, {@code file}, {@code yaml}, {@code http}, {@code https}. */
final class Providers {
    private static final Pattern ENV_NAME = Pattern.compile("^[a-zA-Z_][a-zA-Z0-9_]*$");

    private Providers() {}

    static Map<String, ConfigProvider> standard(Map<String, String> environment) {
        Map<String, ConfigProvider> providers = new LinkedHashMap<>();
        providers.put("env", name -> env(name, environment));
        providers.put("file", Providers::file);
        providers.put("http", new HttpProvider("http"));
        providers.put("https", new HttpProvider("https"));
        providers.put("yaml", text -> text);
        return providers;
    }

    private static @Nullable String env(String opaque, Map<String, String> environment) throws ProviderException {
        int at = opaque.indexOf(":-");
        String name = at < 0 ? opaque : opaque.substring(0, at);
        if (!ENV_NAME.matcher(name).matches()) {
            throw new ProviderException(
                    "environment variable \"" + name + "\" has invalid name: must match regex " + ENV_NAME.pattern());
        }
        String value = environment.get(name);
        return value != null || at < 0 ? value : opaque.substring(at + 2);
    }

    private static String file(String path) throws ProviderException {
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(path, GoFileError.reason(e));
        } catch (InvalidPathException e) {
            throw unreadable(path, String.valueOf(e.getMessage()));
        }
    }

    private static ProviderException unreadable(String path, String why) {
        return new ProviderException("unable to read the file file:" + path + ": open " + path + ": " + why);
    }
}
