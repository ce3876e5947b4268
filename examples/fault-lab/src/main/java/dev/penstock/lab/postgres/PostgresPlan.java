package dev.penstock.lab.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server is to look like, settled before anything is started; the same for every engine. */
record PostgresPlan(
        int major,
        int port,
        List<String> listenAddresses,
        Map<String, String> settings,
        List<String> hba,
        boolean trust,
        String password,
        @Nullable TlsMaterial tls) {

    PostgresPlan {
        listenAddresses = List.copyOf(listenAddresses);
        settings = Map.copyOf(settings);
        hba = List.copyOf(hba);
    }

    /**
     * The whole {@code pg_hba.conf}: the wanted lines first, because PostgreSQL takes the first line that matches, then
     * the default, which is a password as on a real server.
     */
    String hbaFile() {
        String method = trust ? "trust" : "scram-sha-256";
        return String.join("\n", hba) + "\nlocal all all trust\nhost all all all " + method
                + "\nhost replication all all " + method + "\n";
    }

    /** The settings given, and those that TLS needs; {@code directory} is where the server finds the files. */
    Map<String, String> settingsWithTls(String directory) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (tls != null) {
            all.put("ssl", "on");
            all.put("ssl_cert_file", directory + "/" + TlsMaterial.SERVER_CERTIFICATE);
            all.put("ssl_key_file", directory + "/" + TlsMaterial.SERVER_KEY);
            all.put("ssl_ca_file", directory + "/" + TlsMaterial.CA_CERTIFICATE);
        }
        return all;
    }
}
