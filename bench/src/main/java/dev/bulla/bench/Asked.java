package dev.bulla.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server of ours that is asked over HTTP/1.1, on connections that stay.
 *
 * @param url its address
 * @param token what uploads are done with
 */
record Asked(HttpClient http, String url, String token) {
    static Asked at(String url, String token) {
        return new Asked(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), url, token);
    }

    /** Publishes the file; returns when it is answered. */
    void publish(String fileName, byte[] bytes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/upload/main"))
                .header("Authorization", "Bearer " + token)
                .header("X-File-Name", fileName)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException(fileName + " is answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    byte[] get(String path) throws IOException, InterruptedException {
        return found(path, http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    InputStream open(String path) throws IOException, InterruptedException {
        return found(path, http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** What tells apart what is there now: its ETag, for libmamba, which gets none, its length; empty when nothing is. */
    String tag(String path) throws IOException, InterruptedException {
        var head = request(path).HEAD().build();
        var answer = http.send(head, HttpResponse.BodyHandlers.discarding());
        var headers = answer.headers();
        return answer.statusCode() == 404
                ? ""
                : headers.firstValue("ETag")
                        .or(() -> headers.firstValue("Content-Length"))
                        .orElseThrow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private static <T> T found(String path, HttpResponse<T> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with " + answer.statusCode());
        }
        return answer.body();
    }

    static String token(Path data) throws IOException {
        return Files.readString(data.resolve("admin-token")).strip();
    }
}
