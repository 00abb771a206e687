// Players: HLS where the browser can, seeking from chapters and transcript, highlighting. Without this script
// the same page plays the MP4 file with the browser's own controls.
(function () {
  "use strict";

  var library = document.currentScript && document.currentScript.dataset.hls;
  var served = /^https?:$/.test(location.protocol);
  var canUseLibrary = Boolean(library && served && (window.ManagedMediaSource || window.MediaSource));
  var loading = null;

  function loadLibrary() {
    loading = loading || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = library;
      script.onload = function () {
        // An old browser loads the file and cannot read it.
        if (window.coursepackHls) resolve(window.coursepackHls.default);
        else reject(new Error("hls.js"));
      };
      script.onerror = function () { loading = null; reject(new Error("hls.js")); };
      document.head.appendChild(script);
    });
    return loading;
  }

  // In bit/s, by the library itself, which has just come the same way; 0 where it came from the cache.
  function measuredRate() {
    var address = new URL(library, document.baseURI).href;
    var entry = window.performance && performance.getEntriesByName && performance.getEntriesByName(address)[0];
    var milliseconds = entry && entry.transferSize > 50000 ? entry.responseEnd - entry.responseStart : 0;
    return milliseconds > 0 ? entry.encodedBodySize * 8000 / milliseconds : 0;
  }

  // What the network gives, before any segment came: rather low, so that the first picture comes soon everywhere.
  function firstEstimate() {
    var network = navigator.connection || {};
    var rate = measuredRate() * 0.7 || network.downlink * 600000 || 300000;
    return Math.max(150000, Math.min(4000000, rate)) / (network.saveData ? 4 : 1);
  }

  function settings(position) {
    return {
      enableWorker: false, // fragmented MP4 needs no remuxing, and the page's policy allows no worker
      startPosition: position || -1,
      abrEwmaDefaultEstimate: firstEstimate(),
      capLevelToPlayerSize: true,
      maxBufferLength: 30,
      backBufferLength: 60
    };
  }

  // Sound that also tells what is to be seen, where the playlist has it: in the page's language if it can be.
  function describe(hls, wanted) {
    var spoken = document.documentElement.lang.split("-")[0];
    var numbers = hls.audioTracks.map(function (track, number) { return number; }).filter(function (number) {
      return /describes-video/.test(hls.audioTracks[number].characteristics || "") === wanted;
    });
    var here = numbers.filter(function (number) {
      return (hls.audioTracks[number].lang || "").split("-")[0] === spoken;
    });
    var choice = here.concat(numbers)[0];
    if (choice !== undefined && numbers.indexOf(hls.audioTrack) < 0) hls.audioTrack = choice;
  }

  function setUp(video) {
    var button = video.closest(".player").querySelector("[data-described]");
    var source = video.querySelector("source");
    var mp4 = source.src;
    var master = video.dataset.hls && new URL(video.dataset.hls, document.baseURI).href;
    var hls = null;
    var position = 0;
    var state = "mp4"; // "mp4" -> "waiting" -> "hls", and back to "mp4" for good after a failure

    function described() { return Boolean(button) && button.getAttribute("aria-pressed") === "true"; }

    function fallBack() {
      if (button) button.parentNode.hidden = true;
      var wasPlaying = state === "waiting" || !video.paused;
      position = video.currentTime || position;
      state = "failed";
      if (hls) hls.destroy();
      hls = null;
      video.removeAttribute("aria-busy");
      video.src = mp4;
      video.addEventListener("loadedmetadata", function () {
        video.currentTime = position;
        if (wasPlaying) video.play().catch(function () {});
      }, { once: true });
      video.load();
    }

    function attach(Hls) {
      if (!Hls.isSupported()) return fallBack();
      hls = new Hls(settings(position));
      hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, function () { if (described()) describe(hls, true); });
      hls.on(Hls.Events.ERROR, function (event, data) { if (data.fatal) fallBack(); });
      hls.on(Hls.Events.MANIFEST_PARSED, function () {
        hls.firstLevel = 0; // the smallest, where the network seems too slow for all of them
        state = "hls";
        video.removeAttribute("aria-busy");
        video.dataset.playing = "hls";
        video.play().catch(function () {}); // the browser wants a press of its own: the controls are there
      });
      hls.loadSource(master);
      hls.attachMedia(video);
    }

    function upgrade() {
      if (state !== "mp4" || !master) return;
      state = "waiting";
      position = video.currentTime;
      video.setAttribute("aria-busy", "true");
      // The MP4 file must not take the network from the playlists.
      source.remove();
      video.load();
      loadLibrary().then(attach, fallBack);
    }

    if (master && canUseLibrary) {
      if (button) {
        button.parentNode.hidden = false;
        button.addEventListener("click", function () {
          button.setAttribute("aria-pressed", String(!described()));
          if (hls) describe(hls, described());
        });
      }
      video.addEventListener("play", upgrade);
      ["pointerenter", "focus"].forEach(function (sign) {
        video.addEventListener(sign, function () { loadLibrary().catch(function () {}); }, { once: true });
      });
    } else if (master && served && video.canPlayType("application/vnd.apple.mpegurl")) {
      // iPhones without media source extensions. They list the playlist's own subtitles beside those of the page.
      var tracks = all("track", video).filter(function (track) { return /captions|subtitles/.test(track.kind); });
      tracks.forEach(function (track) { track.remove(); });
      video.src = master;
      video.addEventListener("timeupdate", function () {
        if (video.src === master && video.currentTime) position = video.currentTime;
      });
      video.addEventListener("error", function () {
        if (video.src !== master) return;
        tracks.forEach(function (track) { video.appendChild(track); });
        state = "waiting"; // the error has paused it; nothing is loaded before somebody plays it
        fallBack();
      });
    }
  }

  function seek(media, seconds) {
    function go() {
      media.currentTime = seconds;
      media.play().catch(function () {});
    }
    if (media.readyState > 0) return go();
    media.addEventListener("loadedmetadata", function () { media.currentTime = seconds; }, { once: true });
    media.play().catch(function () {});
  }

  // A button that nobody can miss, until it was used once: on the picture, where people press first.
  function bigButton(video, words) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "big-play";
    button.setAttribute("aria-label", words + " – " + video.getAttribute("aria-label"));
    button.addEventListener("click", function () { video.focus(); video.play().catch(function () {}); });
    button.addEventListener("pointerenter", function () { video.dispatchEvent(new Event("pointerenter")); });
    video.addEventListener("play", function () { button.remove(); }, { once: true });
    video.parentNode.appendChild(button);
  }

  // The part of a list (chapters, a transcript's paragraphs) that is being played.
  function follow(media, parts, mark) {
    var starts = parts.map(function (part) { return Number(part.dataset.start); });
    var current = -1;
    if (!parts.length) return;
    media.addEventListener("timeupdate", function () {
      var now = -1;
      while (now + 1 < starts.length && starts[now + 1] <= media.currentTime + 0.05) now += 1;
      if (now === current) return;
      if (current >= 0) mark(parts[current], false);
      if (now >= 0) mark(parts[now], true);
      current = now;
    });
  }

  function all(selector, root) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  all(".player", document).forEach(function (player) {
    var media = player.querySelector("video, audio");
    if (media.localName === "video") {
      setUp(media);
      bigButton(media, player.dataset.play);
    }
    if (served) { // on paper: where to see it
      all(".address", player).forEach(function (link) {
        link.textContent = location.origin + location.pathname + "#" + player.id;
      });
    }
    player.addEventListener("click", function (event) {
      var link = event.target.closest("a[data-start]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      seek(media, Number(link.dataset.start));
    });
    follow(media, all(".chapters a", player), function (link, on) {
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    all(".transcript", player).forEach(function (transcript) {
      follow(media, all("p[data-start]", transcript), function (part, on) { part.classList.toggle("now", on); });
    });
    media.addEventListener("play", function () {
      all("video, audio", document).forEach(function (other) { if (other !== media) other.pause(); });
    });
  });
})();
