# zh: 给读者看的：检查点的计数，网站，读本。
# en: What readers get: the checkpoints' counters, the site, the reading copy.
