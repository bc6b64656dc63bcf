/* map: what had happened up to a day; layers as they stood then. Days and words are written beforehand, nothing is worked out here */
(function(){
'use strict';
/* a place leads to its entry in the list, and opens its first passage */
document.addEventListener('click',function(e){
  var a=e.target.closest&&e.target.closest('.map a[href^="#"]'),li=a&&document.getElementById(a.getAttribute('href').slice(1));
  if(!li)return;
  e.preventDefault();history.replaceState(null,'',a.getAttribute('href'));
  li.focus({preventScroll:true});li.scrollIntoView({block:'nearest'});
  var c=li.querySelector('.cite');if(c)c.click();
});
[].slice.call(document.querySelectorAll('.mday')).forEach(function(bar){
  var sec=bar.closest('.sec'),range=bar.querySelector('input'),out=bar.querySelector('output'),words=[].slice.call(bar.querySelectorAll('.mdl li'));
  function all(s){return [].slice.call(sec.querySelectorAll(s))}
  function told(li){var u=li.querySelector('.u[lang="'+document.documentElement.dataset.ui+'"]');return (u||li).textContent}
  function choose(n){
    n=Math.max(0,Math.min(words.length-1,n));range.value=n;
    var li=words[n],day=li.dataset.d;
    out.textContent='';[].slice.call(li.childNodes).forEach(function(x){out.appendChild(x.cloneNode(true))});
    range.setAttribute('aria-valuetext',told(li));
    all('[data-days]').forEach(function(x){
      var days=x.dataset.days?x.dataset.days.split(' '):[],now=!day||days.indexOf(day)>=0,was=!now&&days.some(function(d){return d<day});
      x.classList.toggle('was',was);x.classList.toggle('off',!now&&!was)});
    all('[data-since]').forEach(function(x){x.classList.toggle('on',day?x.dataset.since<=day&&day<x.dataset.until:x.hasAttribute('data-last'))});
    bar.querySelector('[data-step="-1"]').disabled=n===0;bar.querySelector('[data-step="1"]').disabled=n===words.length-1;
  }
  range.addEventListener('input',function(){choose(+range.value)});
  range.addEventListener('keydown',function(e){e.stopPropagation()});
  [].slice.call(bar.querySelectorAll('[data-step]')).forEach(function(b){b.addEventListener('click',function(){choose(+range.value+ +b.dataset.step)})});
  new MutationObserver(function(){range.setAttribute('aria-valuetext',told(words[+range.value]))}).observe(document.documentElement,{attributes:true,attributeFilter:['data-ui']});
  choose(0);
});
})();
