package dev.penstock.lab.postgres;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/**
 * PostgreSQL in a container of a local Docker engine.
 *
 * <p>The only class that names Testcontainers, so that all else runs without it on the class path. The port is fixed
 * beforehand, because Docker draws a new random one at every restart.
 */
final class DockerEngine implements PostgresEngine {
    private static final int INSIDE = 5432;
    private static final String TLS_SOURCE = "/lab/tls-source/";
    private static final String TLS = "/lab/tls";
    private static final String HBA = "/lab/pg_hba.conf";

    private final PostgreSQLContainer container;

    private DockerEngine(PostgreSQLContainer container) {
        this.container = container;
    }

    static boolean available() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource") // closed by the engine
    static PostgresEngine start(PostgresPlan plan) {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + plan.major())
                .withDatabaseName("postgres")
                .withUsername("postgres")
                .withPassword(plan.password());
        container.withCopyToContainer(Transferable.of(plan.hbaFile()), HBA);
        if (plan.tls() != null) {
            for (String name : TlsMaterial.SERVER_FILES) {
                Path file = plan.tls().directory().resolve(name);
                container.withCopyFileToContainer(MountableFile.forHostPath(file), TLS_SOURCE + name);
            }
        }
        container.withCreateContainerCmdModifier(command -> shape(command, plan));
        container.setCommand(arguments(plan).toArray(String[]::new));
        try {
            container.start();
            return new DockerEngine(container);
        } catch (RuntimeException e) {
            String log = container.isCreated() ? container.getLogs() : "(no container: " + e.getMessage() + ")";
            container.stop();
            throw new IllegalStateException("PostgreSQL " + plan.major() + " did not start. Its log ends:\n" + log, e);
        }
    }

    private static List<String> arguments(PostgresPlan plan) {
        List<String> arguments = new ArrayList<>(List.of("postgres", "-c", "fsync=off", "-c", "hba_file=" + HBA));
        plan.settingsWithTls(TLS).forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    /** Fixes the port, and hands the key to the server's user: copied files belong to root, which it refuses. */
    private static void shape(CreateContainerCmd command, PostgresPlan plan) {
        PortBinding[] bindings = plan.listenAddresses().stream()
                .map(address ->
                        new PortBinding(Ports.Binding.bindIpAndPort(address, plan.port()), ExposedPort.tcp(INSIDE)))
                .toArray(PortBinding[]::new);
        HostConfig host = command.getHostConfig();
        command.withHostConfig((host == null ? new HostConfig() : host).withPortBindings(bindings));
        String prepare = "mkdir -p " + TLS_SOURCE + " " + TLS + " && cp -R " + TLS_SOURCE + ". " + TLS
                + " && chown -R postgres " + TLS + " && find " + TLS + " -type f -exec chmod 600 {} +"
                + " && exec docker-entrypoint.sh \"$@\"";
        command.withEntrypoint(Arrays.asList("sh", "-c", prepare, "--"));
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public long pid() {
        Long pid = docker().inspectContainerCmd(container.getContainerId())
                .exec()
                .getState()
                .getPidLong();
        if (pid == null || pid == 0) {
            throw new IllegalStateException("The server is not running");
        }
        return pid;
    }

    @Override
    public void freeze() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void thaw() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        docker().restartContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public String logTail() {
        String log = container.getLogs();
        return log.substring(Math.max(0, log.length() - 4_000));
    }

    @Override
    public void close() {
        container.stop();
    }

    private static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }
}
