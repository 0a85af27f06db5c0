// Command load-generator rewrites every Secret as fast as a client can that does nothing else: it lists metadata, then
// sends empty merge patches with Rekey's headers, some in flight at a time. It does so twice, so that the second pass
// finds nothing to rewrite. It has no pacing, no retries, no records and proves nothing: it is the mark for Rekey's
// own speed.
//
// It reads a kubeconfig of the testbed's own form, and prints one line of JSON.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
	namesOnly    = "application/json;as=Table;g=meta.k8s.io;v=v1"
	agent        = "rekey-benchmark-load-generator"
)

type secret struct {
	Namespace       string `json:"namespace"`
	Name            string `json:"name"`
	ResourceVersion string `json:"resourceVersion"`
}

type page struct {
	Metadata struct {
		Continue string `json:"continue"`
	} `json:"metadata"`
	Items []struct {
		Metadata secret `json:"metadata"`
	} `json:"items"`
}

type table struct {
	Metadata struct {
		ResourceVersion string `json:"resourceVersion"`
	} `json:"metadata"`
}

type phase struct {
	Name      string `json:"name"`
	StartedAt string `json:"startedAt"`
	EndedAt   string `json:"endedAt"`
	Patched   int64  `json:"patched"`
	Moved     int64  `json:"moved"`
}

type cluster struct {
	server string
	token  string
	http   *http.Client
}

// open reads the three values that the testbed writes into its kubeconfigs.
func open(file string, inFlight int) cluster {
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	authority, err := base64.StdEncoding.DecodeString(value(string(text), `certificate-authority-data: (\S+)`))
	if err != nil {
		log.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		log.Fatal("the kubeconfig holds no certificate")
	}
	transport := &http.Transport{
		TLSClientConfig:     &tls.Config{RootCAs: pool},
		MaxIdleConnsPerHost: inFlight,
		DisableCompression:  true,
	}
	return cluster{
		server: value(string(text), `server: (\S+)`),
		token:  value(string(text), `token: ([^}\s]+)`),
		http:   &http.Client{Transport: transport, Timeout: time.Minute},
	}
}

func value(text, pattern string) string {
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		log.Fatalf("the kubeconfig holds no %s", strings.SplitN(pattern, ":", 2)[0])
	}
	return found[1]
}

func (c cluster) call(method, path, accept string, body io.Reader, into any) error {
	request, err := http.NewRequestWithContext(context.Background(), method, c.server+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("User-Agent", agent)
	request.Header.Set("Accept", accept)
	if body != nil {
		request.Header.Set("Content-Type", "application/merge-patch+json")
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	return json.Unmarshal(content, into)
}

func (c cluster) list() []secret {
	var all []secret
	next := ""
	for {
		var one page
		if err := c.call("GET", "/api/v1/secrets?limit=500&continue="+url.QueryEscape(next), metadataOnly, nil, &one); err != nil {
			log.Fatal(err)
		}
		for _, item := range one.Items {
			all = append(all, item.Metadata)
		}
		next = one.Metadata.Continue
		if next == "" {
			return all
		}
	}
}

// patch tells whether the Secret moved.
func (c cluster) patch(one secret) bool {
	path := fmt.Sprintf("/api/v1/namespaces/%s/secrets/%s?fieldManager=rekey&includeObject=None", one.Namespace, one.Name)
	var answer table
	if err := c.call("PATCH", path, namesOnly, strings.NewReader("{}"), &answer); err != nil {
		log.Fatal(err)
	}
	return answer.Metadata.ResourceVersion != one.ResourceVersion
}

func (c cluster) pass(name string, inFlight int) phase {
	started := time.Now()
	secrets := c.list()
	var next, moved atomic.Int64
	var workers sync.WaitGroup
	for range inFlight {
		workers.Go(func() {
			for {
				number := next.Add(1) - 1
				if number >= int64(len(secrets)) {
					return
				}
				if c.patch(secrets[number]) {
					moved.Add(1)
				}
			}
		})
	}
	workers.Wait()
	return phase{
		Name:      name,
		StartedAt: started.UTC().Format(time.RFC3339Nano),
		EndedAt:   time.Now().UTC().Format(time.RFC3339Nano),
		Patched:   int64(len(secrets)),
		Moved:     moved.Load(),
	}
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "of the testbed")
	inFlight := flag.Int("in-flight", 32, "requests at a time, each on a connection of its own")
	flag.Parse()
	c := open(*kubeconfig, *inFlight)
	phases := []phase{c.pass("write", *inFlight), c.pass("proof", *inFlight)}
	line, err := json.Marshal(map[string]any{"phases": phases})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(line))
}
