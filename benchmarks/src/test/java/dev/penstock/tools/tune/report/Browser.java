package dev.penstock.tools.tune.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.penstock.lab.Await;
import dev.penstock.lab.process.Chromium;
import dev.penstock.lab.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a screen. What it wants from the network it does not find. */
final class Browser implements AutoCloseable {
    /** To start; a machine that is busy takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration ENDING = Duration.ofSeconds(3);

    private final ChromeDriver driver;
    private final List<ProcessHandle> processes;

    private Browser(ChromeDriver driver, List<ProcessHandle> processes) {
        this.driver = driver;
        this.processes = processes;
    }

    /** What it leaves behind, it leaves in that folder. */
    static Browser start(Path folder) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Chromium.driver().orElseThrow().toFile())
                .usingAnyFreePort()
                .withTimeout(PATIENCE)
                .withEnvironment(Map.of("TMPDIR", folder.toString()))
                .build();
        List<ProcessHandle> before = descendants();
        ChromeDriver driver = new ChromeDriver(service, options());
        return new Browser(
                driver,
                descendants().stream()
                        .filter(process -> !before.contains(process))
                        .toList());
    }

    private static List<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().toList();
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Chromium.browser().orElseThrow().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        if (Programs.asRoot()) {
            options.addArguments("--no-sandbox");
        }
        return options;
    }

    /** Looks at a page of that width in pixels of the style sheet, in that scheme: {@code light} or {@code dark}. */
    void open(Path page, int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600));
        show("screen", scheme);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.manage().logs().get(LogType.BROWSER);
        driver.get(page.toUri().toString());
    }

    /** On which medium: {@code screen} or {@code print}. */
    void show(String medium, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What an expression of JavaScript is worth on the page. */
    Object ask(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** What the console has been told since the page was opened. */
    List<String> console() {
        return entries(LogType.BROWSER).stream().map(LogEntry::getMessage).toList();
    }

    /** All that the page has asked the network or the disk for. */
    List<String> requests() {
        return entries(LogType.PERFORMANCE).stream()
                .map(entry -> JsonParser.parseString(entry.getMessage())
                        .getAsJsonObject()
                        .getAsJsonObject("message"))
                .filter(message -> message.get("method").getAsString().equals("Network.requestWillBeSent"))
                .map(Browser::url)
                .toList();
    }

    private List<LogEntry> entries(String type) {
        return driver.manage().logs().get(type).getAll();
    }

    private static String url(JsonObject message) {
        return message.getAsJsonObject("params")
                .getAsJsonObject("request")
                .get("url")
                .getAsString();
    }

    /** Driver and browser end; whichever of these very processes does not is killed. */
    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            processes.forEach(ProcessHandle::destroyForcibly);
            // Some stay as zombies where nobody reaps them.
            Await.holdsWithin(ENDING, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
